/**
 * What an offer is expected to earn: the gain of offering a bundle at a price, from the probability that it is bought,
 * its price and cost, and what the shopper would have bought anyway; so it also chooses among discounts.
 */
@NullMarked
package dev.kombo.ranking.value;

import org.jspecify.annotations.NullMarked;
