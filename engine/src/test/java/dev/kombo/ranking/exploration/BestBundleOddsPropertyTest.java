package dev.kombo.ranking.exploration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.catalog.StableHash;
import dev.kombo.ranking.exploration.NewBundleDraws.BestBundleOdds;
import dev.kombo.ranking.exploration.NewBundleDraws.ConversionPosterior;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Properties of the odds of new bundles, for any posteriors. */
class BestBundleOddsPropertyTest {
    private static final int DRAWS = 200;

    @Property(tries = 100, seed = "41")
    void shouldSumToOneKeepTheFloorAndRepeat(
            @ForAll("posteriors") List<ConversionPosterior> posteriors, @ForAll long seed) {
        int count = posteriors.size();
        long[] hashes = hashes(count);
        BestBundleOdds odds = BestBundleOdds.of(hashes, posteriors.toArray(ConversionPosterior[]::new), DRAWS, seed);
        BestBundleOdds again = BestBundleOdds.of(hashes, posteriors.toArray(ConversionPosterior[]::new), DRAWS, seed);
        double sum = 0;
        for (long hash : hashes) {
            assertThat(odds.of(hash)).isGreaterThanOrEqualTo(BestBundleOdds.EVEN_SHARE / count - 1e-12);
            assertThat(odds.of(hash)).isEqualTo(again.of(hash));
            sum += odds.of(hash);
        }
        assertThat(sum).isCloseTo(1, within(1e-9));
        assertThat(odds.hashes().length).isEqualTo(count);
    }

    /** A bundle's draws do not depend on the other bundles: a rival only takes probability away. */
    @Property(tries = 100, seed = "42")
    void shouldGiveNoMoreToABundleThatHasAnotherRival(
            @ForAll("posteriors") List<ConversionPosterior> posteriors, @ForAll long seed) {
        int fewer = posteriors.size() - 1;
        long[] hashes = hashes(posteriors.size());
        ConversionPosterior[] all = posteriors.toArray(ConversionPosterior[]::new);
        BestBundleOdds with = BestBundleOdds.of(hashes, all, DRAWS, seed);
        BestBundleOdds without =
                BestBundleOdds.of(Arrays.copyOf(hashes, fewer), Arrays.copyOf(all, fewer), DRAWS, seed);
        for (int b = 0; b < fewer; b++) {
            assertThat(with.of(hashes[b])).isLessThanOrEqualTo(without.of(hashes[b]) + 1e-9);
        }
    }

    private static long[] hashes(int count) {
        long[] hashes = new long[count];
        for (int b = 0; b < count; b++) {
            hashes[b] = StableHash.mix(b);
        }
        Arrays.sort(hashes);
        return hashes;
    }

    @Provide
    Arbitrary<List<ConversionPosterior>> posteriors() {
        Arbitrary<Double> parameter = Arbitraries.doubles().between(0.001, 500).ofScale(3);
        return Combinators.combine(parameter, parameter)
                .as(ConversionPosterior::new)
                .list()
                .ofMinSize(2)
                .ofMaxSize(12);
    }
}
