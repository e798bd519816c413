package dev.kombo.ranking;

import static dev.kombo.settings.Range.between;

import dev.kombo.settings.Setting;
import dev.kombo.settings.SettingValues;

/** Settings of the ranking. */
public record RankingSettings(
        int candidates, int fullScan, int rerank, double mmrLambda, double oddsMin, RuleSettings rules) {
    public static final Setting<Integer> CANDIDATES =
            Setting.ofInt("kombo.ranking.candidates", 100, between(50, 5000)).medium("Most bundles scored per offer.");
    public static final Setting<Integer> RERANK_CANDIDATES = Setting.ofInt(
                    "kombo.ranker.rerank.candidates", 32, between(1, 5000))
            .atMost(CANDIDATES)
            .medium("Best candidates that the network scores again, and from which a slate is chosen.");
    public static final Setting<Double> MMR_LAMBDA = Setting.ofDouble(
                    "kombo.ranking.mmr.lambda", 0.8, between(0.01, 1.0))
            .medium("Weight of relevance against diversity in a slate: lambda of maximal marginal relevance; 1 "
                    + "is relevance only.");
    public static final Setting<Double> ODDS_MIN = Setting.ofDouble("kombo.ranking.odds.min", 0.015, between(0.0, 1.0))
            .medium("Smallest odds of a bundle below rank 1, as a share of the odds of the likeliest bundle that may"
                    + " be offered; 0 fills slates with whatever is left.");

    /** Largest catalogue, in bundles, that is scanned completely for candidates: none is missed in a small shop. */
    private static final int FULL_SCAN = 2000;

    /** Reads the settings. */
    public static RankingSettings of(SettingValues values) {
        return new RankingSettings(
                values.get(CANDIDATES),
                FULL_SCAN,
                values.get(RERANK_CANDIDATES),
                values.get(MMR_LAMBDA),
                values.get(ODDS_MIN),
                RuleSettings.of(values));
    }
}
