package dev.kombo.engine.model;

/**
 * What a sweep over the rows of one item task adds up to: the task's part of the basis of a generation of factors.
 *
 * @param partition of the task
 * @param generation of the factors
 * @param gram as {@link dev.kombo.learning.factors.Gram#toFloats} makes it
 * @param rows number of factors in the sum
 * @param updates that the task had applied by then
 */
public record SweepSum(int partition, int generation, float[] gram, int rows, long updates) {}
