package dev.kombo.ranking;

import dev.kombo.catalog.index.CatalogFixtures;
import dev.kombo.profile.Behavior;
import dev.kombo.profile.ProfileLimits;
import dev.kombo.settings.SettingValues;
import java.util.Arrays;
import java.util.Set;

/** Requests for tests, built from the few fields that a test is about. */
public final class Requests {
    public Behavior behavior = new Behavior(ProfileLimits.of(SettingValues.defaults()));
    public String trigger;
    public Set<String> segments = Set.of();
    public Set<String> excluded = Set.of();
    public long now = CatalogFixtures.NOW;
    public int size = 5;
    public float[] weights = Signal.priorWeights();
    /** The ranker, or null: the weights alone. */
    public Ranker ranker;

    public SlateGoal goal = SlateGoal.relevance();

    public RankingRequest build() {
        behavior.segments(segments);
        return new RankingRequest(
                behavior, trigger, excluded, "home", now, size, ranker == null ? linear() : ranker, goal);
    }

    /** The weights; their intercept is 0 where it is not given. */
    private Ranker linear() {
        return Ranker.linear(weights.length == Signal.count() ? Arrays.copyOf(weights, weights.length + 1) : weights);
    }

    /** Settings with other limits. */
    public static RankingSettings settings(int candidates, int fullScan, int rerank, double mmrLambda) {
        return new RankingSettings(
                candidates,
                fullScan,
                rerank,
                mmrLambda,
                RankingSettings.of(SettingValues.defaults()).oddsMin(),
                RuleSettings.of(SettingValues.defaults()));
    }

    /** Settings with other rules. */
    public static RankingSettings settings(RuleSettings rules) {
        RankingSettings defaults = RankingSettings.of(SettingValues.defaults());
        return new RankingSettings(
                defaults.candidates(), defaults.fullScan(), defaults.rerank(), 1, defaults.oddsMin(), rules);
    }
}
