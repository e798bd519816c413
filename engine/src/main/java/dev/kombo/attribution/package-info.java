/**
 * Attributes purchases and returns to the offers that led to them: follows each offer until its attribution window
 * ends.
 *
 * <p>The entry point is {@link dev.kombo.attribution.OfferLedger}, one per shopper. The rules are in {@code
 * topology-docs/attribution.md}.
 */
@NullMarked
package dev.kombo.attribution;

import org.jspecify.annotations.NullMarked;
