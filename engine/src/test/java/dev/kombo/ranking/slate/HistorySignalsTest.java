package dev.kombo.ranking.slate;

import static dev.kombo.catalog.index.CatalogFixtures.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.catalog.index.CatalogFixtures;
import dev.kombo.catalog.index.IndexSettings;
import dev.kombo.catalog.index.WritableCatalogIndex;
import dev.kombo.entity.Neighbor;
import dev.kombo.entity.PopularitySettings;
import dev.kombo.math.StableHash;
import dev.kombo.price.BundlePricing;
import dev.kombo.profile.EventType;
import dev.kombo.profile.Events;
import dev.kombo.ranking.RankingSettings;
import dev.kombo.ranking.Requests;
import dev.kombo.ranking.ScoredCandidates;
import dev.kombo.ranking.Signal;
import dev.kombo.settings.SettingValues;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Signals of the shopper's history, each calculated by hand. Bundle x holds a and b, bundle y holds b and c. */
class HistorySignalsTest {
    private static final Offset<Float> EXACT = within(1e-5f);
    private static final long DAY = 86_400_000L;

    private final WritableCatalogIndex index = new WritableCatalogIndex(new IndexSettings(
            48, new PopularitySettings(3 * DAY, 14 * DAY), BundlePricing.of(SettingValues.defaults()), false));
    private final Requests request = new Requests();

    HistorySignalsTest() {
        for (String item : List.of("a", "b", "c", "d")) {
            index.putItem(CatalogFixtures.item(item, 100));
        }
        index.putBundle(CatalogFixtures.bundle("x", 180, "a", "b"));
        index.putBundle(CatalogFixtures.bundle("y", 180, "b", "c"));
    }

    private void put(String entity, double mass, float... vector) {
        index.putModel(CatalogFixtures.factors(entity, 0, mass, vector));
    }

    private void touched(String entity, EventType type, long age) {
        request.behavior.recent().add(StableHash.of(entity), type, NOW - age);
    }

    private float value(Signal signal, String bundle) {
        SlateRanker ranker = new SlateRanker(index, RankingSettings.of(SettingValues.defaults()));
        ScoredCandidates scored = ranker.score(request.build(), List.of(bundle));
        return scored.value(signal, scored.indexOf(index.bundle(bundle).hash()));
    }

    /**
     * The shopper interacted with bundle x itself, but not with y. A mass of 16 doubles an entity's vector and halves
     * its part in the shopper's.
     */
    @Test
    void shouldCompareTheSumOfWhatWasTouchedWithABundleAndItsMembers() {
        put("i:a", 1, 3f, 0f);
        put("i:b", 16, 0f, 2f);
        put("i:c", 1, -1f, 1f);
        put("b:x", 16, 1f, 1f);
        index.beginGeneration(1, CatalogFixtures.identity(2));
        touched("i:b", EventType.PURCHASE, 30 * DAY);
        touched("i:a", EventType.VIEW, 2 * DAY);
        touched("i:b", EventType.PURCHASE, 0);
        touched("i:unknown", EventType.PURCHASE, 0);

        float view = EventType.VIEW.preference();
        float[] user = {3 * view, 0.5f * 2};
        float norm = (float) Math.hypot(user[0], user[1]);
        assertThat(value(Signal.DOT, "x")).isCloseTo(2 * (user[0] + user[1]), EXACT);
        assertThat(value(Signal.COSINE, "x")).isCloseTo((user[0] + user[1]) / norm / (float) Math.sqrt(2), EXACT);
        // Directions of a and b are (1, 0) and (0, 1).
        assertThat(value(Signal.MEMBER_COSINE, "x"))
                .isCloseTo((user[0] + user[1]) / norm / (float) Math.sqrt(2), EXACT);

        // Nobody interacted with y: the mean direction of its members (0, 4) and (-1, 1), as long as the second.
        float half = (float) Math.sqrt(0.5);
        float[] directions = {-half, 1 + half};
        float cosine = (user[0] * directions[0] + user[1] * directions[1])
                / norm
                / (float) Math.hypot(directions[0], directions[1]);
        assertThat(value(Signal.COSINE, "y")).isCloseTo(cosine, EXACT);
        assertThat(value(Signal.DOT, "y")).isCloseTo(cosine * norm * (float) Math.sqrt(2), EXACT);
        // As b is also a member of x, its direction is that of (0, 1) + (1, 1) / √2.
        float length = (float) Math.hypot(half, 1 + half);
        float[] members = {half / length - half, (1 + half) / length + half};
        assertThat(value(Signal.MEMBER_COSINE, "y"))
                .isCloseTo(
                        (user[0] * members[0] + user[1] * members[1])
                                / norm
                                / (float) Math.hypot(members[0], members[1]),
                        EXACT);
    }

    /** Each item bought counts once, whenever and however often, scaled by n^-1/4; what was only viewed does not. */
    @Test
    void shouldCompareTheSumOfWhatWasBoughtWithTheMembers() {
        put("i:a", 1, 3f, 0f);
        put("i:b", 16, 0f, 2f);
        put("i:c", 1, -1f, 1f);
        index.beginGeneration(1, CatalogFixtures.identity(2));
        touched("i:c", EventType.VIEW, 0);
        assertThat(value(Signal.PURCHASE_COSINE, "x")).as("nothing bought").isZero();
        for (long age : new long[] {400 * DAY, 30 * DAY}) {
            request.behavior.record(Events.item(EventType.PURCHASE, "a", NOW - age));
        }
        request.behavior.record(Events.item(EventType.PURCHASE, "b", NOW));
        request.behavior.record(Events.item(EventType.PURCHASE, "unknown", NOW));

        float[] bought = {3, 0.5f * 2};
        float norm = (float) Math.hypot(bought[0], bought[1]);
        assertThat(value(Signal.PURCHASE_COSINE, "x"))
                .isCloseTo((bought[0] + bought[1]) / norm / (float) Math.sqrt(2), EXACT);
    }

    @Test
    void shouldKeepNothingOfTheShopperBefore() {
        put("i:a", 1, 3f, 0f);
        put("i:b", 16, 0f, 2f);
        index.beginGeneration(1, CatalogFixtures.identity(2));
        SlateRanker ranker = new SlateRanker(index, RankingSettings.of(SettingValues.defaults()));
        request.behavior.record(Events.item(EventType.PURCHASE, "a", NOW));
        int x = ranker.score(request.build(), List.of("x"))
                .indexOf(index.bundle("x").hash());
        assertThat(ranker.candidates().value(Signal.OWN_COUNT, x)).isPositive();
        assertThat(ranker.candidates().value(Signal.PURCHASE_COSINE, x)).isPositive();

        request.behavior = new Requests().behavior;
        x = ranker.score(request.build(), List.of("x"))
                .indexOf(index.bundle("x").hash());
        assertThat(ranker.candidates().value(Signal.OWN_COUNT, x)).isZero();
        assertThat(ranker.candidates().value(Signal.PURCHASE_COSINE, x)).isZero();
    }

    @Test
    void shouldSayNothingOfTasteWithoutAGenerationOrAHistory() {
        put("i:a", 1, 3f, 0f);
        touched("i:a", EventType.PURCHASE, 0);
        assertThat(value(Signal.COSINE, "x")).isZero();
        index.beginGeneration(1, CatalogFixtures.identity(2));
        assertThat(value(Signal.COSINE, "x")).isCloseTo(1f, EXACT);
        request.behavior = new Requests().behavior;
        assertThat(value(Signal.COSINE, "x")).isZero();
        assertThat(value(Signal.MEMBER_COSINE, "x")).isZero();
    }

    /** Weights are inverse document frequencies: of two bundles, both hold b, only x holds a, and only y holds c. */
    @Test
    void shouldSumUpHowAlikeTheMembersAreToThoseOfBundlesTouched() {
        touched("b:y", EventType.PURCHASE, 0);
        touched("b:y", EventType.VIEW, 0);
        double shared = Math.pow(Math.log(1 + 2 / 2.0), 2);
        double single = Math.pow(Math.log(1 + 2 / 1.0), 2);
        float cosine = (float) (shared / (shared + single));
        assertThat(value(Signal.CONTENT, "x")).isCloseTo(EventType.VIEW.preference() * cosine, EXACT);
        assertThat(value(Signal.CONTENT, "y")).as("itself").isZero();

        index.putBundle(CatalogFixtures.bundle("y", 180, "c", "d"));
        assertThat(value(Signal.CONTENT, "x"))
                .as("no member in common any more")
                .isZero();
        index.putBundle(CatalogFixtures.bundle("y", 180, "a", "b"));
        assertThat(value(Signal.CONTENT, "x")).isCloseTo(EventType.VIEW.preference(), EXACT);
        index.removeBundle("y");
        assertThat(value(Signal.CONTENT, "x")).isZero();
    }

    @Test
    void shouldCountMembersTouchedAsItemsHoweverManyOthersWereTouchedSince() {
        touched("i:a", EventType.VIEW, DAY);
        for (int i = 0; i < 30; i++) {
            index.putItem(CatalogFixtures.item("other" + i, 100));
            touched("i:other" + i, EventType.VIEW, 0);
        }
        touched("b:y", EventType.PURCHASE, 0);

        assertThat(value(Signal.MEMBER_OVERLAP, "x"))
                .as("b is only a member of what was touched")
                .isCloseTo((float) Math.sqrt(0.5), EXACT);
        assertThat(value(Signal.MEMBER_OVERLAP, "y")).isZero();
    }

    /** Of 16 orders that held c and 4 that held b, 3 held both, which have decayed to 2 by now. */
    @Test
    void shouldSumUpWhatMembersAreBoughtWithAmongTheItemsTouchedLately() {
        index.putModel(CatalogFixtures.model("i:b", 4, NOW, List.of(), 1f));
        index.putModel(CatalogFixtures.model("i:c", 16, NOW, List.of(new Neighbor("b", 2f, 3)), 1f));
        touched("i:c", EventType.PURCHASE, 0);
        float sum = 2f / (2 * 4 + 10);
        assertThat(value(Signal.NEIGHBORS, "x")).isCloseTo(sum / 2, EXACT);
        double share = 2.0 / (16 + 10);
        assertThat(value(Signal.NEIGHBOR_SHARES, "x")).isCloseTo((float) Math.log(1 + 100 * share / 2), EXACT);
        index.putModel(
                CatalogFixtures.model("i:d", 6, NOW, List.of(new Neighbor("a", 1f, 1), new Neighbor("b", 3f, 4)), 1f));
        touched("i:d", EventType.VIEW, 0);
        share += EventType.VIEW.preference() * 4.0 / (6 + 10);
        assertThat(value(Signal.NEIGHBOR_SHARES, "x"))
                .as("of both members, with both items")
                .isCloseTo((float) Math.log(1 + 100 * share / 2), EXACT);
        for (int i = 0; i < 20; i++) {
            index.putItem(CatalogFixtures.item("other" + i, 100));
            touched("i:other" + i, EventType.VIEW, 0);
        }
        assertThat(value(Signal.NEIGHBORS, "x")).as("too many others since").isZero();
        assertThat(value(Signal.NEIGHBOR_SHARES, "x")).isZero();
    }

    /** Bundle y has no interactions of its own, so it has no popularity of its own, although its item b is popular. */
    @Test
    void shouldTellPopularityOfTheBundleItselfFromThatOfItsMembers() {
        index.putModel(CatalogFixtures.model("i:a", 8));
        index.putModel(CatalogFixtures.model("i:b", 3));
        index.putModel(CatalogFixtures.model("b:x", 2));

        float own = value(Signal.OWN_POPULARITY, "x");
        assertThat(Math.expm1(value(Signal.POPULARITY_LONG, "x"))).isCloseTo(2.5 * Math.expm1(own), within(0.01));
        assertThat(value(Signal.OWN_POPULARITY, "y")).isZero();
    }

    @Test
    void shouldFadeOwnPurchasesWithTime() {
        request.behavior.record(Events.item(EventType.PURCHASE, "a", NOW - 14 * DAY));
        assertThat(value(Signal.OWN_RECENCY, "x")).isCloseTo(0.5f / 2, within(1e-6f));
        request.behavior.record(Events.item(EventType.PURCHASE, "b", NOW));
        assertThat(value(Signal.OWN_RECENCY, "x")).isCloseTo((0.5f + 1f) / 2, within(1e-6f));
    }
}
