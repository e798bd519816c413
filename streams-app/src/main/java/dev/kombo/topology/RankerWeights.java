package dev.kombo.topology;

/**
 * Weights of the linear ranker.
 *
 * @param version 0: the weights that Kombo starts with
 * @param weights one a signal, in the order of the signals; never written
 */
public record RankerWeights(long version, float[] weights) {}
