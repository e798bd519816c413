package dev.kombo.ranking;

/**
 * Settings of the ranking.
 *
 * @param candidates most bundles scored an event, 10 to 5000
 * @param fullScan where the catalogue has at most this many bundles, all of them are looked at, 0 to 100,000
 * @param bundlesPerItem most bundles taken from one item, the most popular ones, 1 to 1000
 * @param rerank best candidates that a deep ranker scores anew, and from which a slate is chosen, 1 to
 *     {@code candidates}
 * @param recentItems latest different items from which neighbours are taken, 0 to 200
 * @param historyTargets latest interactions whose co-occurrences and factors are summed up, 0 to 1000
 * @param neighborShrinkage number of common orders at which a cosine of co-purchases is half believed, 0 to 1000
 * @param relevanceShare lambda of maximal marginal relevance: 1 is relevance only, above 0
 * @param similarity how alike two bundles of one slate are
 * @param naturalHorizonMillis time within which a purchase counts as one that would have been made anyway, 1 minute to a
 *     year
 * @param rules what keeps a bundle from being offered
 */
public record RankingSettings(
        int candidates,
        int fullScan,
        int bundlesPerItem,
        int rerank,
        int recentItems,
        int historyTargets,
        double neighborShrinkage,
        double relevanceShare,
        Similarity similarity,
        long naturalHorizonMillis,
        RuleSettings rules) {
    private static final long DAY = 86_400_000;

    /** Refuses values out of range. */
    public RankingSettings {
        Ranges.require("candidates", candidates, 10, 5000);
        Ranges.require("fullScan", fullScan, 0, 100_000);
        Ranges.require("bundlesPerItem", bundlesPerItem, 1, 1000);
        Ranges.require("rerank", rerank, 1, candidates);
        Ranges.require("recentItems", recentItems, 0, 200);
        Ranges.require("historyTargets", historyTargets, 0, 1000);
        Ranges.require("neighborShrinkage", neighborShrinkage, 0, 1000);
        Ranges.require("relevanceShare", relevanceShare, 0.01, 1);
        Ranges.require("naturalHorizonMillis", naturalHorizonMillis, 60_000, 366 * DAY);
    }

    /** The settings that Kombo starts with. */
    public static RankingSettings defaults() {
        return new RankingSettings(
                300, 2000, 25, 50, 20, 50, 10, 0.8, Similarity.MEMBERS, 7 * DAY, RuleSettings.defaults());
    }
}
