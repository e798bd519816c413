package dev.kombo.ranking.slate;

import static dev.kombo.catalog.index.CatalogFixtures.NOW;
import static dev.kombo.catalog.index.CatalogFixtures.bundle;
import static dev.kombo.catalog.index.CatalogFixtures.identity;
import static dev.kombo.catalog.index.CatalogFixtures.item;
import static dev.kombo.catalog.index.CatalogFixtures.model;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.catalog.index.IndexSettings;
import dev.kombo.catalog.index.WritableCatalogIndex;
import dev.kombo.entity.Entity;
import dev.kombo.entity.Item;
import dev.kombo.entity.Neighbor;
import dev.kombo.math.StableHash;
import dev.kombo.profile.EventType;
import dev.kombo.profile.Events;
import dev.kombo.ranking.RankingSettings;
import dev.kombo.ranking.Requests;
import dev.kombo.ranking.ScoredCandidates;
import dev.kombo.ranking.Signal;
import dev.kombo.ranking.Slate;
import dev.kombo.ranking.Slate.RankedBundle;
import dev.kombo.ranking.Slate.Reason;
import dev.kombo.ranking.rules.Exclusion;
import dev.kombo.settings.SettingValues;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ranks tea items t0 to t19 and cup items c0 to c19, in bundles of neighbours: t0+t1, t1+t2 and so on. */
class SlateRankerTest {
    private static final int ITEMS = 20;

    private final WritableCatalogIndex index = new WritableCatalogIndex(IndexSettings.of(SettingValues.defaults()));
    private final Requests request = new Requests();
    private RankingSettings settings = RankingSettings.of(SettingValues.defaults());

    @BeforeEach
    void fillCatalogue() {
        for (int i = 0; i < ITEMS; i++) {
            put("t", i, "tea", 1f, 0.1f * (i % 3));
            put("c", i, "cups", -0.1f * (i % 3), 1f);
        }
        index.beginGeneration(1, identity(2));
    }

    private void put(String group, int i, String category, float... vector) {
        index.putItem(item(group + i, category, 100, "GBP", Item.UNLIMITED));
        index.putModel(model(Entity.ofItem(group + i), 5 + i, vector));
        index.putBundle(bundle(group + "b" + i, 180, group + i, group + (i + 1) % ITEMS));
    }

    private void bought(String item) {
        request.behavior.recent().add(StableHash.of(Entity.ofItem(item)), EventType.PURCHASE, NOW);
    }

    private Slate rank() {
        return new SlateRanker(index, settings).rank(request.build());
    }

    private static List<String> ids(Slate slate) {
        return slate.bundles().stream()
                .map(ranked -> ranked.entry().bundle().id())
                .toList();
    }

    @Test
    void shouldOfferPopularBundlesWhenNothingIsKnownOfTheShopper() {
        // The least popular member counts: bundle 18 has items 18 and 19, and bundle 17 shares one with it.
        settings = Requests.settings(10, 0, 10, 1);
        request.size = 4;
        assertThat(ids(rank())).containsExactlyInAnyOrder("tb18", "cb18", "tb16", "cb16");
    }

    @Test
    void shouldOfferTheBundlesOfAGroupFirstWhenTheShopperTouchedThatGroup() {
        for (int i = 0; i < 5; i++) {
            long entity = StableHash.of(Entity.ofItem("c" + i));
            request.behavior.interacted(entity, EventType.VIEW, "cups", NOW);
        }
        assertThat(ids(rank())).allMatch(id -> id.startsWith("cb"));

        request.behavior = new Requests().behavior;
        bought("t1");
        request.weights = new float[Signal.count()];
        request.weights[Signal.COSINE.ordinal()] = 1;
        assertThat(ids(rank())).allMatch(id -> id.startsWith("tb"));
    }

    @Test
    void shouldOfferTheTriggersBundlesWhenTheCatalogueIsTooLargeToScan() {
        settings = Requests.settings(10, 0, 10, 1);
        request.trigger = "i:t3";
        request.weights = new float[Signal.count()];
        request.weights[Signal.TRIGGER.ordinal()] = 1;
        request.size = 2;
        assertThat(ids(rank())).first().isIn("tb2", "tb3");

        request.trigger = "b:tb7";
        request.size = 1;
        assertThat(ids(rank())).containsExactly("tb7");
    }

    @Test
    void shouldOfferTheBundlesOfNeighboursAndOfWhatIsBoughtAgainAndAgain() {
        settings = Requests.settings(10, 0, 10, 1);
        index.putModel(model("i:t3", 9, NOW, List.of(new Neighbor("c4", 8f, 8)), 1f, 0f));
        request.behavior.cart().add("t3", 1, NOW);
        request.size = 10;
        assertThat(ids(rank())).containsAnyOf("cb3", "cb4");

        request.behavior.record(Events.item(EventType.PURCHASE, "t8", NOW - 40 * 86_400_000L));
        request.behavior.record(Events.item(EventType.PURCHASE, "t9", NOW - 40 * 86_400_000L));
        request.size = 1;
        request.weights = new float[Signal.count()];
        request.weights[Signal.OWN_REPEAT.ordinal()] = 1;
        assertThat(ids(rank())).containsExactly("tb8");
    }

    @Test
    void shouldRankByScoreWhenDiversityIsOff() {
        settings = Requests.settings(100, 2000, 50, 1);
        bought("t1");
        request.size = 40;
        Slate slate = rank();

        assertThat(slate.bundles())
                .hasSizeBetween(14, 20)
                .isSortedAccordingTo((a, b) -> Double.compare(b.score(), a.score()));
        for (int r = 0; r < slate.bundles().size(); r++) {
            assertThat(slate.bundles().get(r).offered().rank()).isEqualTo(r + 1);
        }
        assertThat(slate.candidates()).isEqualTo(40);
        assertThat(slate.emptyReason()).isNull();
    }

    @Test
    void shouldRankByPopularityOnlyWhenTheWeightsAreTheBaselines() {
        settings = Requests.settings(100, 2000, 50, 1);
        bought("t1");
        request.weights = Signal.popularityWeights();
        request.size = 6;
        assertThat(ids(rank()).stream().map(id -> id.substring(2))).containsExactly("18", "18", "16", "16", "14", "14");
    }

    @Test
    void shouldSpreadTheSlateWhenDiversityIsOn() {
        request.weights = Signal.popularityWeights();
        settings = Requests.settings(100, 2000, 50, 0.5);
        Set<String> items = new HashSet<>();
        request.size = 4;
        rank().bundles()
                .forEach(ranked -> ranked.entry().bundle().members().forEach(member -> items.add(member.itemId())));
        assertThat(items).hasSize(8);
    }

    @Test
    void shouldExplainScoresBySignalsAndWeights() {
        bought("t1");
        request.trigger = "i:t3";
        request.weights = new float[Signal.count() + 1];
        System.arraycopy(Signal.priorWeights(), 0, request.weights, 0, Signal.count());
        request.weights[Signal.count()] = -2f;
        ScoredCandidates scored = new SlateRanker(index, settings).score(request.build(), List.of());
        for (RankedBundle ranked : rank().bundles()) {
            float[] signals = scored.standardized(scored.indexOf(ranked.entry().hash()));
            double score = -2;
            for (int s = 0; s < Signal.count(); s++) {
                score += request.weights[s] * signals[s];
            }
            assertThat(ranked.score()).isCloseTo(score, within(1e-4));
            assertThat(ranked.reasons()).hasSizeBetween(1, SlateRanker.REASONS);
            assertThat(ranked.reasons())
                    .isSortedAccordingTo((a, b) -> Double.compare(b.contribution(), a.contribution()));
            for (Reason reason : ranked.reasons()) {
                int s = reason.signal().ordinal();
                assertThat(reason.contribution()).isCloseTo(request.weights[s] * signals[s], within(1e-6));
            }
        }
    }

    @Test
    void shouldSayWhyWhenThereIsNothingToOffer() {
        for (int i = 0; i < ITEMS; i++) {
            index.removeItem("t" + i);
            index.putItem(item("c" + i, "cups", 100, "GBP", 0));
        }
        index.removeBundle("cb5");
        Slate slate = rank();
        assertThat(slate.bundles().isEmpty()).isTrue();
        assertThat(slate.emptyReason()).isEqualTo(Exclusion.UNPRICED.code());

        WritableCatalogIndex empty = new WritableCatalogIndex(IndexSettings.of(SettingValues.defaults()));
        assertThat(new SlateRanker(empty, settings).rank(request.build()).emptyReason())
                .isEqualTo(Slate.NO_CANDIDATES);
    }

    @Test
    void shouldGiveAReasonWhenThereIsOneCandidate() {
        WritableCatalogIndex small = new WritableCatalogIndex(IndexSettings.of(SettingValues.defaults()));
        small.putItem(item("a", 100));
        small.putItem(item("b", 100));
        small.putBundle(bundle("ab", 150, "a", "b"));
        Slate slate = new SlateRanker(small, settings).rank(request.build());
        assertThat(ids(slate)).containsExactly("ab");
        assertThat(slate.bundles().get(0).reasons()).hasSize(1);
        assertThat(slate.bundles().get(0).score()).isZero();
    }

    @Test
    void shouldScoreGivenBundlesAmongTheCandidates() {
        request.excluded = Set.of("tb4");
        SlateRanker ranker = new SlateRanker(index, settings);
        ScoredCandidates scored = ranker.score(request.build(), List.of("tb4", "unknown", "cb1"));

        int given = scored.indexOf(index.bundle("tb4").hash());
        assertThat(scored.size()).isEqualTo(40);
        assertThat(given).isEqualTo(39);
        assertThat(scored.bundle(given).bundle().id()).isEqualTo("tb4");
        float sum = 0;
        for (int s = 0; s < Signal.count(); s++) {
            sum += request.weights[s] * scored.standardized(given)[s];
        }
        assertThat(scored.score(given)).isCloseTo(sum, within(1e-4f));
        assertThat(ranker.candidates()).isSameAs(scored);
    }

    @Test
    void shouldPickFromAScanByTasteAndPopularityWhenTheCatalogueIsLargerThanTheList() {
        settings = Requests.settings(10, 1000, 10, 1);
        bought("c1");
        request.weights = new float[Signal.count()];
        request.weights[Signal.COSINE.ordinal()] = 1;
        request.size = 10;
        assertThat(ids(rank())).hasSizeGreaterThan(3).allMatch(id -> id.startsWith("cb"));
    }

    @Test
    void shouldRefuseWhatCannotBeAnswered() {
        request.size = 0;
        assertThatIllegalArgumentException().isThrownBy(request::build).withMessageContaining("size");
        request.size = 1;
        request.weights = new float[3];
        assertThatIllegalArgumentException().isThrownBy(request::build).withMessageContaining("weights");
        request.weights = Signal.priorWeights();
        request.weights[0] = Float.NaN;
        assertThatIllegalArgumentException().isThrownBy(request::build).withMessageContaining("weight");
    }
}
