/**
 * Which bundles to offer a shopper: candidates, signals standardised per shopper, a wide and deep score, business rules,
 * diversity, and a policy whose probabilities are known. Plain Java over arrays: time is an argument, randomness comes
 * from {@link dev.kombo.catalog.StableHash}.
 *
 * <p>{@link dev.kombo.ranking.SlateRanker} is the way in. It and its parts hold buffers that are used again for each
 * event: one instance a thread.
 */
package dev.kombo.ranking;
