/**
 * The flow of one event through a shopper: attributes it, learns from it, and makes the offer that answers it. The
 * topology stores and sends the results; evaluation and simulation run the same classes over maps.
 */
@NullMarked
package dev.kombo.engine.shopper;

import org.jspecify.annotations.NullMarked;
