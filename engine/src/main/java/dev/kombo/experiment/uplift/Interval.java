package dev.kombo.experiment.uplift;

/**
 * A closed interval.
 *
 * @param low lower end; may be negative infinity
 * @param high upper end, not below {@code low}; may be infinity
 */
public record Interval(double low, double high) {
    /** The whole line: no information. */
    public static final Interval UNBOUNDED = new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

    /** Whether a value lies within. */
    public boolean contains(double value) {
        return value >= low && value <= high;
    }

    /** Whether both ends are finite. */
    public boolean isBounded() {
        return Double.isFinite(low) && Double.isFinite(high);
    }
}
