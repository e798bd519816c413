/**
 * What is for sale, and what is known of it: items, bundles, and an in-memory index of both with their popularity, factors
 * and neighbours, which every event is ranked from. Also the hashes that stand in for random draws.
 *
 * <p>{@link dev.kombo.catalog.CatalogIndex} is the way in: written by one thread, read by many.
 */
package dev.kombo.catalog;
