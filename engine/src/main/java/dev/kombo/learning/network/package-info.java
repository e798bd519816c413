/**
 * The network that ranks bundles: its shape, its training in mini-batches, and its use on candidates. Also how its
 * scores become probabilities.
 *
 * <p>{@link dev.kombo.learning.network.NetworkTrainer} learns, {@link dev.kombo.learning.network.NetworkScorer} ranks.
 */
package dev.kombo.learning.network;
