package dev.kombo.ranking;

import dev.kombo.catalog.index.BundleEntry;
import java.util.List;

/**
 * One position of a slate.
 *
 * @param entry the bundle with what was known of it
 * @param rank position, 1 is the top
 * @param score relevance as a logit, comparable within one slate; without the part that diversity took; of the baseline:
 *     popularity, standardised
 * @param probability calibrated probability that the bundle is wanted, 0 to 1
 * @param propensity probability of this bundle at this rank given the ranks above; 1 where nothing is sampled
 * @param reasons signals with the largest contributions, largest first
 * @param terms at what price it is offered, and what is expected of that
 */
public record RankedBundle(
        BundleEntry entry,
        int rank,
        double score,
        double probability,
        double propensity,
        List<Reason> reasons,
        OfferTerms terms) {}
