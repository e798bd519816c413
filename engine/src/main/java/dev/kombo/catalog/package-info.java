/**
 * What a shop sells, as immutable values: items, bundles with their slots, prices and price rules, and the rules that a
 * record must satisfy to enter the catalogue.
 *
 * <p>Also the model that is published of each item or bundle, and what most packages compute with: stable hashes
 * instead of random draws, decay by half-lives, and arithmetic on factor vectors. How the values are looked up is in
 * {@link dev.kombo.catalog.index}.
 */
@NullMarked
package dev.kombo.catalog;

import org.jspecify.annotations.NullMarked;
