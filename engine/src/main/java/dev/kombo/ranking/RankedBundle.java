package dev.kombo.ranking;

import dev.kombo.catalog.index.BundleEntry;
import java.util.List;

/**
 * One position of a slate: a bundle with its score, propensity and terms.
 *
 * @param entry the bundle as indexed
 * @param rank position, 1 is the top
 * @param score relevance as a logit, comparable within one slate, before diversity; in the baseline: popularity,
 *     standardised
 * @param probability calibrated probability that the bundle is wanted, 0 to 1
 * @param propensity probability of this bundle at this rank given the ranks above; 1 where nothing is sampled
 * @param reasons signals with the largest contributions, largest first
 * @param terms offered price and expected gain
 */
public record RankedBundle(
        BundleEntry entry,
        int rank,
        double score,
        double probability,
        double propensity,
        List<Reason> reasons,
        OfferTerms terms) {}
