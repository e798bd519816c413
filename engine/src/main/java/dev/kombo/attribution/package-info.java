/**
 * Follows each offer until its window ends: which purchase is credited to which offer, what comes back, and what
 * becomes of the rest.
 *
 * <p>{@link dev.kombo.attribution.OfferLedger}, one per shopper, is the way in. How it is decided: {@code
 * topology-docs/attribution.md}.
 */
package dev.kombo.attribution;
