package dev.kombo.experiment;

/** What the offers of an arm aim at. */
public enum OfferObjective {
    /** The bundles that the shopper wants most, at the price of the catalogue. */
    RELEVANCE,
    /** The bundles most likely to be taken, less what would have been bought anyway. */
    CONVERSION,
    /** The bundles that add most revenue to what would have been bought anyway. */
    REVENUE,
    /** The bundles that add most revenue less cost to what would have been bought anyway. */
    MARGIN
}
