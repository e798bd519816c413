package dev.kombo.engine;

/**
 * What the ranker knew of a bundle before a choice, and whether it was wanted.
 *
 * @param time epoch milliseconds of the choice
 * @param signals standardised signals in the order of {@link dev.kombo.ranking.Signal}; not copied
 * @param label 1: wanted, 0: not
 */
public record RankerExample(long time, float[] signals, float label) {
    /** Takes examples on their way to the trainer. */
    @FunctionalInterface
    public interface Sink {
        /** Takes an example. */
        void example(RankerExample example);
    }
}
