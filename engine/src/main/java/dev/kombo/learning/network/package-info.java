/**
 * The neural network that ranks: its shape and weights, its training in mini-batches, its scoring of candidates, and
 * the calibration of its scores into probabilities.
 *
 * <p>{@link dev.kombo.learning.network.NetworkTrainer} trains it, {@link dev.kombo.learning.network.NetworkScorer}
 * scores with it. It sees numbers only; {@link dev.kombo.ranking.Signal} says what they mean.
 */
@NullMarked
package dev.kombo.learning.network;

import org.jspecify.annotations.NullMarked;
