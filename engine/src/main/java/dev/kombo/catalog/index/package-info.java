/**
 * The catalogue in memory, which every request is ranked from: items and bundles with their popularity, factors and
 * neighbours.
 *
 * <p>{@link dev.kombo.catalog.index.CatalogIndex} is the way in. One thread writes it, any thread reads it, without
 * locks.
 */
package dev.kombo.catalog.index;
