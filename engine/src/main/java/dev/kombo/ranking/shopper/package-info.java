/**
 * What the ranker looks up about one shopper before it looks at any bundle: interests, basket and history, as arrays
 * by the number of an item or bundle in the index.
 */
package dev.kombo.ranking.shopper;
