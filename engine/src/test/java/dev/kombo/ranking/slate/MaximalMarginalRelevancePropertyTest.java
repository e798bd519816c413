package dev.kombo.ranking.slate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.catalog.index.CatalogFixtures;
import dev.kombo.catalog.index.IndexSettings;
import dev.kombo.catalog.index.WritableCatalogIndex;
import dev.kombo.entity.BundleMember;
import dev.kombo.settings.SettingValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class MaximalMarginalRelevancePropertyTest {
    private final WritableCatalogIndex index = new WritableCatalogIndex(IndexSettings.of(SettingValues.defaults()));

    private BundleEntry[] pool(Random random, int count) {
        BundleEntry[] pool = new BundleEntry[count];
        for (int i = 0; i < 12; i++) {
            index.putItem(CatalogFixtures.item("i" + i, 1 + random.nextInt(500)));
            index.putModel(
                    CatalogFixtures.model("i:i" + i, 1, (float) random.nextGaussian(), (float) random.nextGaussian()));
        }
        for (int p = 0; p < count; p++) {
            List<BundleMember> members = new ArrayList<>();
            for (int m = 0; m < 2 + random.nextInt(4); m++) {
                members.add(new BundleMember("i" + random.nextInt(12), 1 + random.nextInt(3)));
            }
            index.putBundle(CatalogFixtures.bundle("b" + p, 100, members));
        }
        for (int p = 0; p < count; p++) {
            pool[p] = index.bundle("b" + p);
        }
        return pool;
    }

    private static double jaccard(BundleEntry first, BundleEntry second) {
        Set<String> either = new HashSet<>();
        Set<String> both = new HashSet<>();
        Set<String> others = new HashSet<>();
        first.bundle().members().forEach(member -> either.add(member.itemId()));
        second.bundle().members().forEach(member -> others.add(member.itemId()));
        both.addAll(either);
        both.retainAll(others);
        either.addAll(others);
        return both.size() / (double) either.size();
    }

    /** The formula of the paper, over scores scaled to [0, 1]. */
    private static double marginal(double[] scores, int p, List<Integer> chosen, BundleEntry[] pool, double lambda) {
        double lowest = Arrays.stream(scores).min().orElseThrow();
        double highest = Arrays.stream(scores).max().orElseThrow();
        double relevance = (scores[p] - lowest) / (highest - lowest);
        double likeness = 0;
        for (int other : chosen) {
            likeness = Math.max(likeness, jaccard(pool[other], pool[p]));
        }
        return lambda * relevance - (1 - lambda) * likeness;
    }

    @Property(tries = 150, seed = "13")
    void shouldBeTheFormulaInTheUnitOfTheScores(
            @ForAll @IntRange(max = 100_000) int seed, @ForAll @DoubleRange(min = 0.1, max = 1) double lambda) {
        Random random = new Random(seed);
        int count = 3 + random.nextInt(20);
        BundleEntry[] pool = pool(random, count);
        double[] scores = random.doubles(count, -4, 6).toArray();
        double lowest = Arrays.stream(scores).min().orElseThrow();
        double spread = Arrays.stream(scores).max().orElseThrow() - lowest;

        MaximalMarginalRelevance diversity = new MaximalMarginalRelevance();
        diversity.begin(scores, count, lambda);
        List<Integer> chosen = new ArrayList<>();
        for (int position = 0; position < 3; position++) {
            int best = -1;
            for (int p = 0; p < count; p++) {
                List<BundleEntry> above = chosen.stream().map(c -> pool[c]).toList();
                assertThat(diversity.repeats(p)).isEqualTo(Repeats.of(pool[p], above, index));
                double expected = marginal(scores, p, chosen, pool, lambda) * spread / lambda + lowest;
                if (!diversity.repeats(p)) {
                    assertThat(diversity.value(p)).isCloseTo(expected, within(1e-4 * (1 + Math.abs(expected))));
                }
            }
            for (int p = 0; p < count; p++) {
                best = !chosen.contains(p) && (best < 0 || diversity.value(p) > diversity.value(best)) ? p : best;
            }
            chosen.add(best);
            diversity.choose(pool[best], pool, count);
        }
    }
}
