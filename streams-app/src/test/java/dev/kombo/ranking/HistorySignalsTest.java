package dev.kombo.ranking;

import static dev.kombo.catalog.CatalogFixtures.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.catalog.CatalogFixtures;
import dev.kombo.catalog.CatalogIndex;
import dev.kombo.catalog.Cooccurrences;
import dev.kombo.catalog.IndexSettings;
import dev.kombo.catalog.Item;
import dev.kombo.catalog.PopularitySettings;
import dev.kombo.catalog.ResponseSettings;
import dev.kombo.catalog.StableHash;
import dev.kombo.catalog.TargetModel;
import dev.kombo.profile.EventType;
import dev.kombo.profile.Events;
import dev.kombo.settings.SettingValues;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Signals of the shopper's history, each worked out by hand. Bundle x holds a and b, bundle y holds b and c. */
class HistorySignalsTest {
    private static final long DAY = 86_400_000L;

    private final CatalogIndex index = new CatalogIndex(new IndexSettings(
            3, 86_400_000L, new PopularitySettings(3 * DAY, 14 * DAY), ResponseSettings.of(SettingValues.defaults())));
    private final Requests request = new Requests();

    HistorySignalsTest() {
        for (String item : List.of("a", "b", "c", "d")) {
            index.putItem(CatalogFixtures.item(item, 100));
        }
        index.putBundle(CatalogFixtures.bundle("x", 180, "a", "b"));
        index.putBundle(CatalogFixtures.bundle("y", 180, "b", "c"));
    }

    private void put(String target, float mass, String other, float weight, float... vector) {
        index.putModel(new TargetModel(
                target,
                vector,
                0f,
                1,
                1,
                NOW,
                1,
                1,
                Item.UNKNOWN,
                null,
                List.of(),
                other == null
                        ? new Cooccurrences(new long[0], new float[0], mass)
                        : new Cooccurrences(new long[] {StableHash.of(other)}, new float[] {weight}, mass),
                1));
    }

    private void touched(String target, EventType type, long age) {
        request.behavior.recent().add(StableHash.of(target), type, 0, NOW - age);
    }

    private float value(Signal signal, String bundle) {
        SlateRanker ranker = new SlateRanker(index, RankingSettings.of(SettingValues.defaults()));
        ScoredCandidates scored = ranker.score(request.build(), List.of(bundle));
        return scored.value(signal, scored.indexOf(index.bundle(bundle).hash()));
    }

    @Test
    void shouldSumCosinesWithTheBundlesTouched() {
        put("b:y", 4f, null, 0f);
        put("b:x", 9f, "b:y", 3f);
        touched("b:y", EventType.PURCHASE, 0);
        float cosine = 3f / (3f * 2f + 3f);
        assertThat(value(Signal.HISTORY_BUNDLES, "x")).isCloseTo(cosine, within(1e-6f));
        assertThat(value(Signal.HISTORY_BUNDLES, "y")).isZero();
        assertThat(value(Signal.HISTORY_ITEMS, "x")).isZero();

        touched("b:y", EventType.PURCHASE, (long) ShopperView.REPEAT_HALF_LIFE_MILLIS);
        assertThat(value(Signal.HISTORY_BUNDLES, "x")).isCloseTo(1.5f * cosine, within(1e-5f));
    }

    @Test
    void shouldSumCosinesWithTheItemsTouched() {
        put("i:d", 1f, null, 0f);
        put("b:x", 1f, "i:d", 1f);
        touched("i:d", EventType.VIEW, 0);
        float expected = EventType.VIEW.preference() * 1f / (1f + 3f);
        assertThat(value(Signal.HISTORY_ITEMS, "x")).isCloseTo(expected, within(1e-6f));
        assertThat(value(Signal.HISTORY_BUNDLES, "x")).isZero();
    }

    @Test
    void shouldAverageTheMembersCosines() {
        put("i:d", 1f, null, 0f);
        put("i:a", 1f, "i:d", 1f);
        touched("i:d", EventType.PURCHASE, 0);
        assertThat(value(Signal.HISTORY_MEMBERS, "x")).isCloseTo(0.25f / 2, within(1e-6f));
        assertThat(value(Signal.HISTORY_MEMBERS, "y")).isZero();
    }

    @Test
    void shouldCompareFactorsWithTheMeanDirectionOfTheHistory() {
        put("i:a", 1f, null, 0f, 1f, 0f);
        put("i:b", 1f, null, 0f, 1f, 0f);
        put("i:c", 1f, null, 0f, 0f, 3f);
        put("i:d", 1f, null, 0f, 0f, 5f);
        request.behavior.factors(new float[] {1f, 0f});
        touched("i:d", EventType.PURCHASE, 0);
        assertThat(value(Signal.HISTORY_COSINE, "x")).as("orthogonal").isCloseTo(0f, within(1e-6f));
        float[] mean = {0.5f, 1.5f};
        float expected = mean[1] / (float) Math.sqrt(mean[0] * mean[0] + mean[1] * mean[1]);
        assertThat(value(Signal.HISTORY_COSINE, "y")).isCloseTo(expected, within(1e-5f));
    }

    @Test
    void shouldCompareTheShoppersFactorsWithThoseOfTheMembersAlone() {
        put("i:a", 1f, null, 0f, 2f, 0f);
        put("i:b", 1f, null, 0f, 0f, 2f);
        put("b:x", 1f, null, 0f, -1f, -1f);
        request.behavior.factors(new float[] {1f, 0f});
        assertThat(value(Signal.MEMBER_COSINE, "x")).isCloseTo((float) Math.sqrt(0.5), within(1e-5f));
    }

    @Test
    void shouldFadeOwnPurchasesWithTime() {
        request.behavior.record(Events.item(EventType.PURCHASE, "a", NOW - 14 * DAY));
        assertThat(value(Signal.OWN_RECENCY, "x")).isCloseTo(0.5f / 2, within(1e-6f));
        request.behavior.record(Events.item(EventType.PURCHASE, "b", NOW));
        assertThat(value(Signal.OWN_RECENCY, "x")).isCloseTo((0.5f + 1f) / 2, within(1e-6f));
    }

    @Test
    void shouldSayThatAPurchaseIsDueAroundItsUsualInterval() {
        request.behavior.record(Events.item(EventType.PURCHASE, "a", NOW - 30 * DAY));
        assertThat(value(Signal.REPEAT_DUE, "x"))
                .as("no interval from one purchase")
                .isZero();
        request.behavior.record(Events.item(EventType.PURCHASE, "a", NOW - 10 * DAY));
        assertThat(value(Signal.REPEAT_DUE, "x")).isCloseTo(10f / 20 / 2, within(1e-5f));
        request.now = NOW + 10 * DAY;
        assertThat(value(Signal.REPEAT_DUE, "x")).isCloseTo(1f / 2, within(1e-5f));
        request.now = NOW + 30 * DAY;
        assertThat(value(Signal.REPEAT_DUE, "x")).isCloseTo(20f / 40 / 2, within(1e-5f));
    }
}
