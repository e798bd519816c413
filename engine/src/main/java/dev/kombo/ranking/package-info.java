/**
 * What all steps of ranking share: the request for a slate, with goal, model and signals, and the slate that answers
 * which bundles a shopper should be offered now.
 *
 * <p>{@link dev.kombo.ranking.slate.SlateRanker} does the ranking; the packages below are its steps. Plain Java over
 * arrays: time is an argument, randomness comes from {@link dev.kombo.catalog.StableHash}.
 */
@NullMarked
package dev.kombo.ranking;

import org.jspecify.annotations.NullMarked;
