/**
 * Follows one shopper's open offers until their attribution window ends: credits each purchase and return to the offer
 * that led to it (last touch), and reports impressions, clicks, conversions and the like as outcomes.
 *
 * <p>The entry point is {@link dev.kombo.attribution.OfferLedger}, one per shopper. Sums over shoppers are in {@link
 * dev.kombo.attribution.account}. The rules are in {@code topology-docs/attribution.md}.
 */
@NullMarked
package dev.kombo.attribution;

import org.jspecify.annotations.NullMarked;
