/**
 * The in-memory catalogue from which every request is ranked: items and bundles with their popularity, factors and
 * neighbours.
 *
 * <p>The entry point is {@link dev.kombo.catalog.index.CatalogIndex}. One thread writes it, any thread reads it,
 * without locks.
 */
package dev.kombo.catalog.index;
