/**
 * What a bundle costs: price rules by number of units, the prices of mined bundles, and the history of prices that a
 * stated saving is measured against.
 */
@NullMarked
package dev.kombo.price;

import org.jspecify.annotations.NullMarked;
