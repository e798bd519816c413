package dev.kombo.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.catalog.CatalogFixtures;
import dev.kombo.catalog.CatalogIndex;
import dev.kombo.catalog.IndexSettings;
import dev.kombo.catalog.StableHash;
import dev.kombo.profile.EventType;
import dev.kombo.settings.SettingValues;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CatalogueScanTest {
    private static final int BUNDLES = 700;

    private final CatalogIndex index = new CatalogIndex(IndexSettings.of(SettingValues.defaults()));
    private final ShopperView view = new ShopperView(index);
    private final Requests request = new Requests();
    private final int[] stamps = new int[BUNDLES];

    /** Of each three bundles two are equal, so that hashes decide; a tenth is removed, and a tenth left out. */
    @BeforeEach
    void fill() {
        for (int b = 0; b < BUNDLES; b++) {
            index.putBundle(CatalogFixtures.bundle("b" + b, 100, "a"));
            int same = b - b % 3 % 2;
            float angle = (float) (StableHash.unit(StableHash.mix(same)) * 7);
            index.putModel(CatalogFixtures.factors(
                    "b:b" + b, 0, 1 + same % 50, (float) Math.cos(angle), (float) Math.sin(angle)));
        }
        for (int b = 0; b < BUNDLES; b += 10) {
            index.removeBundle("b" + b);
            stamps[index.bundleOrdinal("b" + (b + 5))] = 1;
        }
        index.beginGeneration(1, CatalogFixtures.identity(2));
        request.behavior.interacted(StableHash.of("b:b1"), EventType.PURCHASE, null, CatalogFixtures.NOW);
        view.load(request.build());
    }

    private double[] scores(int[] ordinals) {
        float[] popularities = new float[BUNDLES];
        index.logPopularitiesLong(popularities, BUNDLES);
        float[] own = new float[BUNDLES];
        index.logOwnPopularities(own, BUNDLES);
        float[] products = view.products(BUNDLES);
        double[][] values = new double[3][ordinals.length];
        for (int i = 0; i < ordinals.length; i++) {
            values[0][i] = products[ordinals[i]];
            values[1][i] = Math.log1p(Math.exp(popularities[ordinals[i]] - view.decayLong()));
            values[2][i] = Math.log1p(Math.exp(own[ordinals[i]] - view.decayLong()));
        }
        double[] scores = new double[ordinals.length];
        float[] weights = {
            request.weights[Signal.COSINE.ordinal()],
            request.weights[Signal.POPULARITY_LONG.ordinal()],
            request.weights[Signal.OWN_POPULARITY.ordinal()]
        };
        for (int s = 0; s < 3; s++) {
            double mean = IntStream.range(0, ordinals.length)
                    .mapToDouble(column(values[s]))
                    .average()
                    .orElseThrow();
            double variance = IntStream.range(0, ordinals.length)
                    .mapToDouble(column(values[s]))
                    .map(x -> (x - mean) * (x - mean))
                    .average()
                    .orElseThrow();
            for (int i = 0; i < scores.length; i++) {
                // To the precision of the scan, in which equal bundles are equal.
                scores[i] += weights[s] * (values[s][i] - mean) / Math.sqrt(variance);
            }
        }
        return IntStream.range(0, scores.length)
                .mapToDouble(i -> Math.round(scores[i] * 1e4))
                .toArray();
    }

    private static java.util.function.IntToDoubleFunction column(double[] values) {
        return i -> values[i];
    }

    @Test
    void shouldBringForwardTheBestAsAFullSortDoes() {
        int[] known = IntStream.range(0, BUNDLES)
                .filter(b -> index.bundle(b) != null && stamps[b] != 1)
                .toArray();
        double[] scores = scores(known);
        List<Integer> sorted = IntStream.range(0, known.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -scores[i])
                        .thenComparingLong(i -> index.bundleHash(known[i])))
                .map(i -> known[i])
                .toList();
        CatalogueScan scan = new CatalogueScan(index);
        for (int most : new int[] {1, 7, 100, 333, known.length - 1, known.length, BUNDLES}) {
            scan.begin(view, request.weights, BUNDLES, stamps, 1);
            scan.score();
            assertThat(scan.size()).isEqualTo(known.length);
            int taken = scan.bestFirst(scan.size(), most);
            assertThat(taken).isEqualTo(Math.min(most, known.length));
            List<Integer> first =
                    IntStream.range(0, taken).mapToObj(scan::ordinal).toList();
            assertThat(first).containsExactlyInAnyOrderElementsOf(sorted.subList(0, taken));
        }
    }

    @Test
    void shouldGoByHashWhenAllAreEqual() {
        request.weights = new float[Signal.count() + 1];
        CatalogueScan scan = new CatalogueScan(index);
        scan.begin(view, request.weights, BUNDLES, stamps, 1);
        scan.score();
        long worst = Long.MIN_VALUE;
        scan.bestFirst(scan.size(), 50);
        for (int i = 0; i < 50; i++) {
            worst = Math.max(worst, index.bundleHash(scan.ordinal(i)));
        }
        for (int i = 50; i < scan.size(); i++) {
            assertThat(index.bundleHash(scan.ordinal(i))).isGreaterThan(worst);
        }
    }
}
