package dev.kombo.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class CooccurrenceSumsTest {
    private static final int ITEMS = 3000;

    private final CatalogIndex index = new CatalogIndex(new IndexSettings(20, 3, 86_400_000L, 86_400_000L, 20));
    private final CooccurrenceSums sums = new CooccurrenceSums();

    CooccurrenceSumsTest() {
        for (int i = 0; i < ITEMS; i++) {
            index.putItem(new Item("i" + i, "", null, 100, "EUR", Item.UNKNOWN, 1));
        }
        index.putBundle(new Bundle(
                "b",
                "",
                List.of(new BundleMember("i0", 1), new BundleMember("i1", 1)),
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
        publish(Target.ofItem("i0"), Target.ofItem("i2999"), Target.ofBundle("b"));
        publish(Target.ofItem("i1"), Target.ofItem("i2999"), Target.ofItem("i5"));
    }

    private void publish(String target, String... others) {
        long[] hashes = new long[others.length];
        float[] weights = new float[others.length];
        for (int i = 0; i < others.length; i++) {
            hashes[i] = StableHash.of(others[i]);
            weights[i] = i + 1;
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
