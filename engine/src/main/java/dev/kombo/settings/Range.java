package dev.kombo.settings;

/**
 * Numbers from {@code least} to {@code most}, inclusive. Excludes NaN.
 *
 * @param <T> Integer, Long or Double
 */
public record Range<T extends Number & Comparable<T>>(T least, T most) implements Setting.Allowed<T> {
    /** Numbers between two bounds, inclusive. */
    public static <T extends Number & Comparable<T>> Range<T> between(T least, T most) {
        return new Range<>(least, most);
    }

    /**
     * Checks that a number is between two bounds, without creating a range.
     *
     * @throws IllegalArgumentException naming the number
     */
    public static void require(String name, double number, double least, double most) {
        if (!(number >= least && number <= most)) {
            throw new IllegalArgumentException(name + " is " + number + "; expected: " + least + " to " + most);
        }
    }

    @Override
    @SuppressWarnings("unchecked")
    public T read(Object given) {
        T number = (T) given;
        if (number.compareTo(least) < 0 || number.compareTo(most) > 0) {
            throw new IllegalArgumentException(given + " is out of range");
        }
        return number;
    }

    @Override
    public String toString() {
        return least + " to " + most;
    }
}
