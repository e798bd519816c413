package dev.kombo.catalog;

/**
 * Settings of the {@link CatalogIndex}.
 *
 * @param memberEvidence interactions of its own at which a bundle's own vector counts as much as its members' mean,
 *     0 to 1,000,000
 * @param cooccurrenceShrinkage weight of common shoppers at which a cosine of co-occurrence is half believed, 0 to 1000
 * @param shortHalfLifeMillis half-life of the published short-term popularity, at least 1 minute
 * @param longHalfLifeMillis half-life of the published long-term popularity, not less than the short one
 * @param popularTargets length of the lists of the most popular bundles, 1 to 10,000
 * @param responses half-life and prior of what became of offers
 */
public record IndexSettings(
        double memberEvidence,
        double cooccurrenceShrinkage,
        long shortHalfLifeMillis,
        long longHalfLifeMillis,
        int popularTargets,
        ResponseSettings responses) {
    private static final long MINUTE = 60_000L;
    private static final long DAY = 86_400_000L;

    /** Refuses values out of range. */
    public IndexSettings {
        require(memberEvidence >= 0 && memberEvidence <= 1_000_000, "memberEvidence", memberEvidence, "0 to 1000000");
        require(
                cooccurrenceShrinkage >= 0 && cooccurrenceShrinkage <= 1000,
                "cooccurrenceShrinkage",
                cooccurrenceShrinkage,
                "0 to 1000");
        require(shortHalfLifeMillis >= MINUTE, "shortHalfLifeMillis", shortHalfLifeMillis, "at least 60000");
        require(
                longHalfLifeMillis >= shortHalfLifeMillis,
                "longHalfLifeMillis",
                longHalfLifeMillis,
                "at least shortHalfLifeMillis");
        require(popularTargets >= 1 && popularTargets <= 10_000, "popularTargets", popularTargets, "1 to 10000");
    }

    /** The same with what became of offers counted as by default. */
    public IndexSettings(
            double memberEvidence,
            double cooccurrenceShrinkage,
            long shortHalfLifeMillis,
            long longHalfLifeMillis,
            int popularTargets) {
        this(
                memberEvidence,
                cooccurrenceShrinkage,
                shortHalfLifeMillis,
                longHalfLifeMillis,
                popularTargets,
                ResponseSettings.defaults());
    }

    /** The settings that Kombo starts with: half-lives of 3 and 14 days. */
    public static IndexSettings defaults() {
        return new IndexSettings(1, 3, 3 * DAY, 14 * DAY, 200);
    }

    private static void require(boolean holds, String name, Object value, String range) {
        if (!holds) {
            throw new IllegalArgumentException(name + " is " + value + ", expected: " + range);
        }
    }
}
