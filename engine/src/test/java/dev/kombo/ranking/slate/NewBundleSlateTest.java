package dev.kombo.ranking.slate;

import static dev.kombo.catalog.index.CatalogFixtures.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.catalog.Entity;
import dev.kombo.catalog.Item;
import dev.kombo.catalog.StableHash;
import dev.kombo.catalog.index.CatalogFixtures;
import dev.kombo.catalog.index.IndexSettings;
import dev.kombo.catalog.index.WritableCatalogIndex;
import dev.kombo.ranking.DiscountLimits;
import dev.kombo.ranking.Requests;
import dev.kombo.ranking.Slate;
import dev.kombo.ranking.Slate.RankedBundle;
import dev.kombo.ranking.SlateGoal;
import dev.kombo.settings.SettingValues;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Slates whose last rank goes to a new bundle at the exploration rate: known bundles k0 to k3, new ones n0 to n2. */
class NewBundleSlateTest {
    private static final double SHARE = 0.4;

    private final WritableCatalogIndex index = new WritableCatalogIndex(IndexSettings.of(SettingValues.defaults()));
    private final Requests request = new Requests();
    private final SlateRanker ranker = new SlateRanker(index, RankingSettings.of(SettingValues.defaults()));

    NewBundleSlateTest() {
        for (int k = 0; k < 4; k++) {
            put("k" + k, 100 + 10 * k);
            index.putModel(CatalogFixtures.answered("k" + k, 1_000, 100, 20, NOW));
        }
        for (int n = 0; n < 3; n++) {
            put("n" + n, 1 + n);
            index.putModel(CatalogFixtures.answered("n" + n, 10, 1, n, NOW));
        }
        request.size = 2;
    }

    private void put(String name, double popularity) {
        for (String half : new String[] {name + "-a", name + "-b"}) {
            index.putItem(CatalogFixtures.item(half, "c", 100, "GBP", Item.UNLIMITED));
            index.putModel(CatalogFixtures.model(Entity.ofItem(half), popularity, 1f));
        }
        index.putBundle(CatalogFixtures.bundle(name, 150, name + "-a", name + "-b"));
    }

    private Slate rank(double temperature, double share, int event) {
        request.goal = new SlateGoal(
                SlateGoal.Criterion.RELEVANCE, null, temperature, share, 1, 0, new int[0], true, DiscountLimits.NONE);
        request.eventHash = StableHash.mix(event);
        return ranker.rank(request.build());
    }

    @Test
    void shouldStateWithWhichProbabilityTheLastRankIsFilled() {
        for (double temperature : new double[] {0, 0.5}) {
            Map<String, Integer> chosen = new HashMap<>();
            Map<String, Double> stated = new HashMap<>();
            int drawn = 0;
            for (int event = 0; event < 40_000; event++) {
                Slate slate = rank(temperature, SHARE, event);
                // One prefix, so that the probabilities given the prefix are the same.
                if (slate.bundles().get(0).entry().bundle().id().equals("k3")) {
                    RankedBundle last = slate.bundles().get(1);
                    String id = last.entry().bundle().id();
                    chosen.merge(id, 1, Integer::sum);
                    Double before = stated.put(id, last.propensity());
                    assertThat(before == null ? last.propensity() : before).isEqualTo(last.propensity());
                    drawn++;
                }
            }
            assertThat(stated.values().stream().mapToDouble(Double::doubleValue).sum())
                    .as("of all that was ever chosen")
                    .isCloseTo(1, within(1e-2));
            int all = drawn;
            stated.forEach((id, probability) -> assertThat(chosen.get(id) / (double) all)
                    .as(id + " at " + temperature)
                    .isCloseTo(probability, within(4 * Math.sqrt(probability * (1 - probability) / all))));
            assertThat(chosen.keySet()).contains("n0", "n1", "n2");
        }
    }

    @Test
    void shouldFillTheRankAfterWhichNothingIsLeft() {
        WritableCatalogIndex small = new WritableCatalogIndex(IndexSettings.of(SettingValues.defaults()));
        for (String item : List.of("a", "b", "c")) {
            small.putItem(CatalogFixtures.item(item, "c", 100, "GBP", Item.UNLIMITED));
            small.putModel(CatalogFixtures.model(Entity.ofItem(item), item.equals("c") ? 1 : 100, 1f));
        }
        small.putBundle(CatalogFixtures.bundle("known", 150, "a", "b"));
        small.putModel(CatalogFixtures.answered("known", 1_000, 100, 20, NOW));
        // Half of its price is the other's.
        small.putBundle(CatalogFixtures.bundle("new", 150, "a", "c"));
        small.putModel(CatalogFixtures.answered("new", 10, 1, 1, NOW));
        SlateRanker shortSlates = new SlateRanker(small, RankingSettings.of(SettingValues.defaults()));
        request.goal = new SlateGoal(
                SlateGoal.Criterion.RELEVANCE, null, 0, SHARE, 1, 0, new int[0], true, DiscountLimits.NONE);

        int news = 0;
        double stated = 0;
        for (int event = 0; event < 10_000; event++) {
            request.eventHash = StableHash.mix(event);
            Slate slate = shortSlates.rank(request.build());
            assertThat(slate.bundles()).hasSize(1);
            RankedBundle only = slate.bundles().get(0);
            if (only.entry().bundle().id().equals("new")) {
                news++;
                stated = only.propensity();
            }
        }
        assertThat(news / 10_000.0).isCloseTo(stated, within(0.02));
        assertThat(stated).isBetween(0.1, SHARE);
    }

    /** Where all others are too unlikely beside the best, rank 1 is the last, and so the one that explores. */
    @Test
    void shouldExploreAtRankOneWhereThereIsOneGoodAnswer() {
        SettingValues settings = SettingValues.defaults().with(RankingSettings.ODDS_MIN, 1.0);
        SlateRanker strict = new SlateRanker(index, RankingSettings.of(settings));
        request.goal = new SlateGoal(
                SlateGoal.Criterion.RELEVANCE, null, 0, SHARE, 1, 0, new int[0], true, DiscountLimits.NONE);
        Map<String, Integer> top = new HashMap<>();
        Map<String, Double> stated = new HashMap<>();
        for (int event = 0; event < 10_000; event++) {
            request.eventHash = StableHash.mix(event);
            List<RankedBundle> slate = strict.rank(request.build()).bundles();
            String first = slate.get(0).entry().bundle().id();
            top.merge(first, 1, Integer::sum);
            stated.put(first, slate.get(0).propensity());
            // What was explored is not the best, which follows.
            assertThat(slate)
                    .extracting(ranked -> ranked.entry().bundle().id())
                    .isEqualTo(first.equals("k3") ? List.of("k3") : List.of(first, "k3"));
        }
        assertThat(stated.keySet()).containsExactlyInAnyOrder("k3", "n0", "n1", "n2");
        assertThat(stated.values().stream().mapToDouble(Double::doubleValue).sum())
                .isCloseTo(1, within(1e-12));
        stated.forEach((id, probability) -> assertThat(top.get(id) / 10_000.0)
                .as(id)
                .isCloseTo(probability, within(4 * Math.sqrt(probability * (1 - probability) / 10_000))));
    }

    @Test
    void shouldRankPlainlyWithoutAShareAndATemperature() {
        for (int event = 0; event < 50; event++) {
            assertThat(rank(0, 0, event).bundles())
                    .extracting(ranked -> ranked.entry().bundle().id())
                    .containsExactly("k3", "k2");
        }
    }

    @Test
    void shouldRankPlainlyWhereNothingIsNew() {
        for (int n = 0; n < 3; n++) {
            index.putModel(CatalogFixtures.answered("n" + n, 5_000, 10, 2, NOW));
        }
        assertThat(rank(0, SHARE, 1).bundles())
                .allSatisfy(ranked -> assertThat(ranked.propensity()).isEqualTo(1));
    }
}
