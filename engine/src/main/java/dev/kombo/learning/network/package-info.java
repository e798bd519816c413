/**
 * The ranker's network: its shape, its training in mini-batches, its scoring of candidates, and the calibration of its
 * scores.
 *
 * <p>{@link dev.kombo.learning.network.NetworkTrainer} trains it, {@link dev.kombo.learning.network.NetworkScorer}
 * scores with it.
 */
@NullMarked
package dev.kombo.learning.network;

import org.jspecify.annotations.NullMarked;
