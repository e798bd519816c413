/**
 * Values of the catalogue, as the topics carry them: items, bundles, the model learned of each, and the rules that a
 * catalogue must satisfy.
 *
 * <p>Also the hashes that replace random draws.
 */
@NullMarked
package dev.kombo.catalog;

import org.jspecify.annotations.NullMarked;
