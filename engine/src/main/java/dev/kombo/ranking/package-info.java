/**
 * The question "which bundles should this shopper be offered now?" and its answer: request, goal, model and signals on
 * one side, the slate on the other.
 *
 * <p>{@link dev.kombo.ranking.slate.SlateRanker} answers it; the packages below are its steps. Plain Java over arrays:
 * time is an argument, randomness comes from {@link dev.kombo.catalog.StableHash}.
 */
package dev.kombo.ranking;
