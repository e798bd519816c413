/**
 * The in-memory catalogue from which every request is ranked: items and bundles with their popularity, factors and
 * neighbours.
 *
 * <p>The entry point is {@link dev.kombo.catalog.index.CatalogIndex}, which any thread reads without locks. One thread
 * at a time writes it, as a {@link dev.kombo.catalog.index.WritableCatalogIndex}.
 */
@NullMarked
package dev.kombo.catalog.index;

import org.jspecify.annotations.NullMarked;
