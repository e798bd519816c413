/**
 * What became of offers and experiments: which arm a shopper is in, which offers are open, which purchase is credited to which
 * offer, and what each arm earned. Plain Java; {@link dev.kombo.tracking.OfferLedger} is kept for each shopper, {@link
 * dev.kombo.tracking.ExperimentAccount} for each experiment. How it is decided: {@code topology-docs/attribution.md}.
 */
package dev.kombo.tracking;
