package dev.kombo.ranking;

import dev.kombo.catalog.CatalogFixtures;
import dev.kombo.profile.Behavior;
import dev.kombo.profile.ProfileLimits;
import java.util.Set;

/** Requests for tests, built from the few fields that a test is about. */
final class Requests {
    Behavior behavior = new Behavior(ProfileLimits.defaults());
    String trigger;
    Set<String> segments = Set.of();
    Set<String> excluded = Set.of();
    long now = CatalogFixtures.NOW;
    long eventHash = 1;
    int size = 5;
    float[] weights = Signal.priorWeights();
    double temperature;

    RankingRequest build() {
        return new RankingRequest(
                behavior, trigger, segments, excluded, "home", now, eventHash, size, weights, temperature);
    }

    /** Settings with other limits. */
    static RankingSettings settings(int candidates, int fullScan, int pool, double relevanceShare) {
        return new RankingSettings(
                candidates, fullScan, 4, pool, 20, 50, 10, relevanceShare, Similarity.MEMBERS, RuleSettings.defaults());
    }

    /** Settings with other rules. */
    static RankingSettings settings(RuleSettings rules) {
        RankingSettings defaults = RankingSettings.defaults();
        return new RankingSettings(
                defaults.candidates(),
                defaults.fullScan(),
                defaults.bundlesPerItem(),
                defaults.pool(),
                defaults.recentItems(),
                defaults.historyTargets(),
                defaults.neighborShrinkage(),
                1,
                Similarity.MEMBERS,
                rules);
    }
}
