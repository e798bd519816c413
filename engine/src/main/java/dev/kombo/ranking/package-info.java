/**
 * What is asked of ranking and what it answers: the request with the goal of the slate, the signals and models that
 * score bundles, and the slate that says which bundles a shopper should be offered now.
 *
 * <p>{@link dev.kombo.ranking.slate.SlateRanker} does the ranking; the packages below are its steps. Plain Java over
 * arrays: time is an argument, randomness comes from {@link dev.kombo.math.StableHash}.
 */
@NullMarked
package dev.kombo.ranking;

import org.jspecify.annotations.NullMarked;
