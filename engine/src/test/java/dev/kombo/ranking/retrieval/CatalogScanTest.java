package dev.kombo.ranking.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.catalog.index.CatalogFixtures;
import dev.kombo.catalog.index.IndexSettings;
import dev.kombo.catalog.index.WritableCatalogIndex;
import dev.kombo.math.StableHash;
import dev.kombo.profile.EventType;
import dev.kombo.ranking.Requests;
import dev.kombo.ranking.Signal;
import dev.kombo.ranking.shopper.ShopperView;
import dev.kombo.settings.SettingValues;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CatalogScanTest {
    private static final int BUNDLES = 700;

    private final WritableCatalogIndex index = new WritableCatalogIndex(IndexSettings.of(SettingValues.defaults()));
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

    private void take(CatalogScan scan, int bundles, int most) {
        scan.score(view, request.weights, bundles, stamps, 1);
        scan.take(most);
        scan.best(most);
    }

    @Test
    void shouldBringForwardTheBestAsAFullSortDoes() {
        int[] known =
                IntStream.range(0, BUNDLES).filter(b -> index.bundle(b) != null).toArray();
        double[] scores = scores(known);
        List<Integer> sorted = IntStream.range(0, known.length)
                .filter(i -> stamps[known[i]] != 1)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -scores[i])
                        .thenComparingLong(i -> index.bundleHash(known[i])))
                .map(i -> known[i])
                .toList();
        CatalogScan scan = new CatalogScan(index);
        for (int most : new int[] {1, 7, 100, 333, sorted.size() - 1, sorted.size(), BUNDLES}) {
            take(scan, BUNDLES, most);
            assertThat(taken(scan))
                    .containsExactlyInAnyOrderElementsOf(sorted.subList(0, Math.min(most, sorted.size())));
        }
        scan.score(view, request.weights, BUNDLES, stamps, 1);
        scan.take(7);
        int first = scan.size();
        assertThat(first).isBetween(7, 100);
        scan.take(1);
        assertThat(scan.size()).isGreaterThan(first);
        scan.cut(first);
        scan.take(100);
        assertThat(taken(scan)).as("what was cut is not taken again").doesNotHaveDuplicates();
        scan.score(view, request.weights, BUNDLES, stamps, 1);
        for (int more = 1; scan.left() > 0; more *= 2) {
            scan.take(more);
            assertThat(taken(scan)).containsAll(sorted.subList(0, Math.min(more, sorted.size())));
        }
        assertThat(taken(scan)).containsExactlyInAnyOrderElementsOf(sorted);
    }

    @Test
    void shouldSeeChangesOfPopularity() {
        CatalogScan scan = new CatalogScan(index);
        take(scan, BUNDLES, 1);
        int best = scan.ordinal(0);
        index.removeBundle("b" + best);
        take(scan, BUNDLES, BUNDLES);
        assertThat(taken(scan)).isNotEmpty().doesNotContain(best);
        index.putModel(CatalogFixtures.factors("b:b6", 0, 1e6, 1, 0));
        request.weights = new float[Signal.count() + 1];
        request.weights[Signal.OWN_POPULARITY.ordinal()] = 1;
        take(scan, BUNDLES, 1);
        assertThat(taken(scan)).containsExactly(index.bundleOrdinal("b6"));
    }

    @Test
    void shouldSeeThatTimeHasPassedAndBundlesWereAdded() {
        CatalogScan scan = new CatalogScan(index);
        take(scan, BUNDLES - 50, 40);
        take(scan, BUNDLES, 40);
        CatalogScan fresh = new CatalogScan(index);
        take(fresh, BUNDLES, 40);
        assertThat(taken(scan)).containsExactlyInAnyOrderElementsOf(taken(fresh));

        // Own popularity fades below what counts, popularity by members does not in the same measure.
        request.now += 400L * 86_400_000;
        view.load(request.build());
        take(scan, BUNDLES, 40);
        CatalogScan later = new CatalogScan(index);
        take(later, BUNDLES, 40);
        assertThat(taken(scan)).containsExactlyInAnyOrderElementsOf(taken(later));
    }

    private static List<Integer> taken(CatalogScan scan) {
        return IntStream.range(0, scan.size()).mapToObj(scan::ordinal).toList();
    }

    @Test
    void shouldGoByHashWhenAllAreEqual() {
        request.weights = new float[Signal.count() + 1];
        CatalogScan scan = new CatalogScan(index);
        take(scan, BUNDLES, 50);
        List<Integer> best = taken(scan);
        long worst = best.stream().mapToLong(index::bundleHash).max().orElseThrow();
        take(scan, BUNDLES, BUNDLES);
        assertThat(best).hasSize(50);
        assertThat(taken(scan)).allMatch(ordinal -> best.contains(ordinal) || index.bundleHash(ordinal) > worst);
    }
}
