/**
 * The places of a bundle that a shopper fills with an item of their choice.
 */
@NullMarked
package dev.kombo.slot;

import org.jspecify.annotations.NullMarked;
