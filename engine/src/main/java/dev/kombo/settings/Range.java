package dev.kombo.settings;

/**
 * Numbers from {@code least} to {@code most}, both included. NaN is in none of them.
 *
 * @param <T> Integer, Long or Double
 */
public record Range<T extends Number & Comparable<T>>(T least, T most) implements Allowed<T> {
    /** Numbers between two, both included. */
    public static <T extends Number & Comparable<T>> Range<T> between(T least, T most) {
        return new Range<>(least, most);
    }

    /**
     * Refuses a number that is not between two, without making a range of them.
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
