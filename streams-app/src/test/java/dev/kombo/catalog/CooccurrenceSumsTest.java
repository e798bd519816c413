package dev.kombo.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.settings.SettingValues;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class CooccurrenceSumsTest {
    private static final int ITEMS = 3000;

    private final CatalogIndex index = new CatalogIndex(new IndexSettings(
            3,
            86_400_000L,
            new PopularitySettings(86_400_000L, 86_400_000L),
            ResponseSettings.of(SettingValues.defaults())));
    private final CooccurrenceSums sums = new CooccurrenceSums();

    CooccurrenceSumsTest() {
        for (int i = 0; i < ITEMS; i++) {
            index.putItem(new Item("i" + i, "", null, 100, "EUR", Item.UNKNOWN, 1));
        }
        index.putBundle(new Bundle(
                "b",
                "",
                List.of(new BundleMember("i5", 1), new BundleMember("i2999", 1)),
                100,
                200,
                "EUR",
                Item.UNKNOWN,
                1,
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                Set.of(),
                Bundle.Origin.CURATED,
                0));
        for (String known : List.of("i2", "i4", "i5", "i6", "i7", "i2999")) {
            publish(Target.ofItem(known));
        }
        publish(Target.ofBundle("b"));
        publish(Target.ofItem("i0"), Target.ofItem("i2999"), Target.ofBundle("b"));
        publish(Target.ofItem("i1"), Target.ofItem("i2999"), Target.ofItem("i5"));
    }

    private void publish(String target, String... others) {
        publish(target, 1f, others);
    }

    private void publish(String target, float weight, String... others) {
        long[] hashes = new long[others.length];
        float[] weights = new float[others.length];
        for (int i = 0; i < others.length; i++) {
            hashes[i] = StableHash.of(others[i]);
            weights[i] = weight * (i + 1);
        }
        index.putModel(new TargetModel(
                target,
                new float[0],
                0f,
                0,
                0,
                0,
                4,
                0,
                Item.UNKNOWN,
                null,
                List.of(),
                new Cooccurrences(hashes, weights, 4f),
                1));
    }

    private float score(int from, int link) {
        return index.cooccurrencesOfItem(from).score(link);
    }

    @Test
    void shouldAddUpWeightedLinksWhenTargetsLinkToTheSame() {
        sums.clear(index);
        sums.add(index.cooccurrencesOfItem(0), 2f);
        sums.add(index.cooccurrencesOfItem(1), 3f);
        assertThat(score(0, 0)).isPositive();
        assertThat(sums.ofItem(2999)).isCloseTo(2 * score(0, 0) + 3 * score(1, 0), Offset.offset(1e-6f));
        assertThat(sums.ofItem(5)).isCloseTo(3 * score(1, 1), Offset.offset(1e-6f));
        assertThat(sums.ofBundle(0)).isCloseTo(2 * score(0, 1), Offset.offset(1e-6f));
        assertThat(sums.ofItem(6)).isZero();
    }

    /** Sums of one target's links to the items of bundles, as the links themselves say. */
    private Map<Integer, Float> read(CooccurrenceLinks links) {
        Map<Integer, Float> scores = new HashMap<>();
        for (int l = 0; l < links.size(); l++) {
            if (links.isItem(l) && index.bundlesOfItem(links.ordinal(l)).length > 0) {
                scores.put(links.ordinal(l), links.score(l));
            }
        }
        return scores;
    }

    private void assertSumsAreWhatLinksSay(int target) {
        sums.clear(index);
        sums.add(index.cooccurrencesOfItem(target), 1f);
        Map<Integer, Float> expected = read(index.cooccurrencesOfItem(target));
        for (int item = 0; item < index.itemCount(); item++) {
            if (index.bundlesOfItem(item).length > 0) {
                assertThat(sums.ofItem(item)).isEqualTo(expected.getOrDefault(item, 0f));
            }
        }
    }

    @Test
    void shouldSumUpLinksToItemsThatBecomePartOfABundleLater() {
        assertThat(index.bundlesOfItem(7)).isEmpty();
        publish(Target.ofItem("i2"), Target.ofItem("i6"), Target.ofItem("i5"), Target.ofItem("i7"));
        assertSumsAreWhatLinksSay(2);
        index.putBundle(CatalogFixtures.bundle("later", 100, "i7", "i8"));
        assertSumsAreWhatLinksSay(2);
        assertThat(read(index.cooccurrencesOfItem(2))).containsOnlyKeys(5, 7);
    }

    @Test
    void shouldSumUpAllThatCountsWhenWeakLinksGiveWay() {
        int others = CooccurrenceLinks.CAPACITY + 300;
        for (int i = 10; i < 10 + others; i += 3) {
            index.putBundle(CatalogFixtures.bundle("x" + i, 100, "i" + i, "i5"));
        }
        for (int i = 10; i < 10 + others; i++) {
            // 389 has no factor in common with the number: strong and weak links come mixed.
            publish(Target.ofItem("i" + i), (float) ((i - 9) * 389L % others + 1) / others, Target.ofItem("i4"));
            if (i % 500 == 0) {
                assertSumsAreWhatLinksSay(4);
            }
        }
        assertThat(index.cooccurrencesOfItem(4).size()).isEqualTo(CooccurrenceLinks.CAPACITY);
        assertSumsAreWhatLinksSay(4);
        for (int i = 11; i < 10 + others; i += 21) {
            index.putBundle(CatalogFixtures.bundle("y" + i, 100, "i" + i, "i6"));
        }
        assertSumsAreWhatLinksSay(4);

        // The hub forgot the weakest that link to it, but these did not forget the hub.
        index.putBundle(CatalogFixtures.bundle("hub", 100, "i4", "i5"));
        for (int i = 10; i < 10 + others; i++) {
            sums.clear(index);
            sums.add(index.cooccurrencesOfItem(i), 1f);
            assertThat(sums.ofItem(4)).isPositive();
        }
    }

    @Test
    void shouldForgetEverythingWhenCleared() {
        sums.clear(index);
        sums.add(index.cooccurrencesOfItem(0), 2f);
        sums.clear(index);
        assertThat(sums.ofItem(2999)).isZero();
        assertThat(sums.ofBundle(0)).isZero();
    }

    @Test
    void shouldAnswerNothingWhenAnOrdinalIsNewerThanItsRoom() {
        sums.clear(index);
        assertThat(sums.ofItem(1_000_000)).isZero();
        assertThat(sums.ofBundle(1_000_000)).isZero();
    }
}
