/**
 * Prepares the shopper's side of ranking, before any bundle is scored: interests, basket and history, as arrays by the
 * ordinal of an item or bundle in the index.
 */
package dev.kombo.ranking.shopper;
