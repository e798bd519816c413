package dev.kombo.experiment;

/** What the offers of an arm maximise. */
public enum OfferObjective {
    /** Relevance: the bundles that the shopper wants most, at the catalogue's price. */
    RELEVANCE,
    /** Additional conversions: the bundles most likely to be bought, less what would have been bought anyway. */
    CONVERSION,
    /** Additional revenue: the bundles that add most to what would have been spent anyway. */
    REVENUE,
    /** Additional margin: the bundles that add most revenue less cost to what would have been earned anyway. */
    MARGIN
}
