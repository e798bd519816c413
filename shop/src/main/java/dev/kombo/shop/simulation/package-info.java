/**
 * A made-up shop whose truth is known, for {@code kombo simulate}, {@code demo} and {@code shop}: its catalogue,
 * shoppers with hidden preferences and a hidden probability of accepting an offer, their visits with and without
 * offers, and what offers were really worth beside the service's own report.
 */
package dev.kombo.shop.simulation;
