/**
 * What a shop sells as a bundle, and the rules that a record must satisfy to enter the catalogue.
 *
 * <p>Items are in {@link dev.kombo.entity}, prices in {@link dev.kombo.price}. How the values are looked up is in
 * {@link dev.kombo.catalog.index}.
 */
@NullMarked
package dev.kombo.catalog;

import org.jspecify.annotations.NullMarked;
