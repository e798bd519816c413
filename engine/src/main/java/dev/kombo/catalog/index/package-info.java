/**
 * The whole catalogue in memory, from which every request is ranked: finds items and bundles by id or number, and keeps
 * ready what is derived from them, such as popularity, factor vectors, similar bundles, lifts between categories, and
 * what fills slots.
 *
 * <p>The entry point is {@link dev.kombo.catalog.index.CatalogIndex}, which any thread reads without locks. One thread
 * at a time writes it, as a {@link dev.kombo.catalog.index.WritableCatalogIndex}.
 */
@NullMarked
package dev.kombo.catalog.index;

import org.jspecify.annotations.NullMarked;
