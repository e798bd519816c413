package dev.kombo.lab.quality.metrics;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The mean of a metric along a stream, in intervals of equal length. Not thread-safe. */
public final class LearningCurve {
    private final long length;
    private final double[] sums;
    private final long[] counts;

    /**
     * The mean over one interval.
     *
     * @param position middle of the interval, in events from the start of the stream
     * @param value mean of the metric
     * @param count number of values averaged
     */
    public record Point(double position, double value, long count) {}

    /**
     * @param length events of the stream, at least 1
     * @param intervals number of intervals, at least 1
     */
    public LearningCurve(long length, int intervals) {
        if (length < 1 || intervals < 1) {
            throw new IllegalArgumentException(
                    "expected a stream and intervals, found " + length + " events, " + intervals + " intervals");
        }
        this.length = length;
        this.sums = new double[intervals];
        this.counts = new long[intervals];
    }

    /**
     * Adds a value.
     *
     * @param position events before it, 0 to length - 1
     * @param value of the metric; finite
     */
    public void add(long position, double value) {
        if (position < 0 || position >= length || !Double.isFinite(value)) {
            throw new IllegalArgumentException(value + " at " + position + " of " + length + " events");
        }
        int interval = (int) (Math.multiplyExact(position, (long) sums.length) / length);
        sums[interval] += value;
        counts[interval]++;
    }

    /** Merges the values of at least one curve into a new curve; all have the same length and number of intervals. */
    public static LearningCurve merged(Collection<LearningCurve> curves) {
        LearningCurve first = curves.iterator().next();
        LearningCurve all = new LearningCurve(first.length, first.sums.length);
        curves.forEach(all::addAll);
        return all;
    }

    /** Adds all values of another curve with the same length and number of intervals. */
    public void addAll(LearningCurve other) {
        if (other.length != length || other.sums.length != sums.length) {
            throw new IllegalArgumentException("curves of %d and %d events in %d and %d intervals do not add up"
                    .formatted(length, other.length, sums.length, other.sums.length));
        }
        for (int i = 0; i < sums.length; i++) {
            sums[i] += other.sums[i];
            counts[i] += other.counts[i];
        }
    }

    /** Returns the intervals that have a value, in the order of the stream. */
    @JsonValue
    public List<Point> points() {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < sums.length; i++) {
            if (counts[i] > 0) {
                points.add(new Point((i + 0.5) * length / sums.length, sums[i] / counts[i], counts[i]));
            }
        }
        return points;
    }

    /** Number of events of the stream. */
    public long length() {
        return length;
    }
}
