package dev.kombo.ranking.exploration;

import static dev.kombo.catalog.index.CatalogFixtures.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.catalog.Bundle;
import dev.kombo.catalog.EngagementSettings;
import dev.kombo.catalog.StableHash;
import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.catalog.index.CatalogFixtures;
import dev.kombo.catalog.index.IndexSettings;
import dev.kombo.catalog.index.WritableCatalogIndex;
import dev.kombo.ranking.exploration.NewBundleDraws.BestBundleOdds;
import dev.kombo.ranking.exploration.NewBundleDraws.ConversionPosterior;
import dev.kombo.settings.SettingValues;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which new bundles are drawn, and with which probabilities. */
class NewBundleDrawsTest {
    private static final long HOUR = NewBundleDraws.INTERVAL_MILLIS;

    private final WritableCatalogIndex index = new WritableCatalogIndex(IndexSettings.of(SettingValues.defaults()));
    private final NewBundleDraws draws = new NewBundleDraws(index);

    NewBundleDrawsTest() {
        index.putItem(CatalogFixtures.item("a", 100));
        index.putItem(CatalogFixtures.item("b", 100));
        for (String id : List.of("known", "good", "bad", "unseen")) {
            put(id);
        }
        // 40 conversions of 2,200 impressions.
        index.putModel(CatalogFixtures.answered("known", 2000, 100, 30, NOW));
        index.putModel(CatalogFixtures.answered("good", 100, 20, 10, NOW));
        index.putModel(CatalogFixtures.answered("bad", 100, 2, 0, NOW));
    }

    private void put(String id) {
        index.putBundle(CatalogFixtures.bundle(id, 180, "a", "b"));
    }

    private BundleEntry[] entries(String... ids) {
        BundleEntry[] entries = new BundleEntry[ids.length];
        for (int e = 0; e < ids.length; e++) {
            entries[e] = index.bundle(ids[e]);
        }
        return entries;
    }

    private double[] probabilities(long time, String... ids) {
        double[] probabilities = new double[ids.length];
        draws.measure(entries(ids), new boolean[ids.length], ids.length, time, probabilities);
        return probabilities;
    }

    @Test
    void shouldGiveMostToTheBundleWithTheBetterPosterior() {
        double[] odds = probabilities(NOW, "known", "good", "bad", "unseen");
        assertThat(odds[0]).as("known well").isZero();
        assertThat(odds[1]).isGreaterThan(0.6);
        assertThat(odds[1]).isGreaterThan(odds[3]);
        assertThat(odds[3]).isGreaterThan(odds[2]);
        assertThat(odds[2]).isGreaterThanOrEqualTo(BestBundleOdds.EVEN_SHARE / 3 - 1e-12);
        assertThat(odds[1] + odds[2] + odds[3]).isCloseTo(1, within(1e-12));
    }

    /** Against the exact probability: that Beta(a, b) exceeds Beta(1, 1), a uniform value, is its mean a / (a + b). */
    @Test
    void shouldEstimateTheProbabilityOfBeingTheBest() {
        long[] hashes = {1, 2};
        ConversionPosterior[] posteriors = {new ConversionPosterior(3, 2), new ConversionPosterior(1, 1)};
        int many = 40_000;
        double exact = 3.0 / 5;
        double part = (BestBundleOdds.of(hashes, posteriors, many, 9).of(1) - BestBundleOdds.EVEN_SHARE / 2)
                / (1 - BestBundleOdds.EVEN_SHARE);
        assertThat(part).isCloseTo(exact, within(3 * Math.sqrt(exact * (1 - exact) / many)));
    }

    @Test
    void shouldBelieveWhatTheSignalOfTheConversionRateBelieves() {
        double k = EngagementSettings.of(SettingValues.defaults()).strength();
        double rate = 40.0 / 2200;
        ConversionPosterior posterior = ConversionPosterior.of(
                index.bundle("good").engagement(),
                index.priorEngagement(NOW),
                index.settings().engagement().strength());
        assertThat(posterior.successes()).isCloseTo(k * rate + 10, within(1e-6));
        assertThat(posterior.failures()).isCloseTo(k * (1 - rate) + 90, within(1e-6));
        ConversionPosterior later = ConversionPosterior.of(
                index.bundle("good").engagement(),
                index.priorEngagement(
                        NOW + EngagementSettings.of(SettingValues.defaults()).halfLifeMillis()),
                index.settings().engagement().strength());
        assertThat(later.successes()).as("half is forgotten").isCloseTo(k * rate + 5, within(1e-6));
    }

    @Test
    void shouldStayAsItIsWithinAnInterval() {
        long start = Math.floorDiv(NOW, HOUR) * HOUR;
        double[] before = probabilities(start, "good", "bad", "unseen");
        index.putModel(CatalogFixtures.answered("bad", 150, 60, 50, NOW));
        put("newer");
        assertThat(probabilities(start + HOUR - 1, "good", "bad", "unseen")).isEqualTo(before);
        assertThat(probabilities(start + HOUR - 1, "newer")).containsExactly(0);

        double[] next = probabilities(start + HOUR, "good", "bad", "unseen");
        assertThat(next[1]).isGreaterThan(next[0]);
        assertThat(probabilities(start + HOUR, "newer")).containsExactly(1);
        assertThat(probabilities(start, "good", "bad", "unseen"))
                .as("a late event does not turn it back")
                .isEqualTo(next);
    }

    @Test
    void shouldBeTheSameForTheSameIntervalAndContent() {
        double[] first = probabilities(NOW, "good", "bad", "unseen");
        double[] again = new double[3];
        new NewBundleDraws(index).measure(entries("good", "bad", "unseen"), new boolean[3], 3, NOW + 1, again);
        assertThat(again).isEqualTo(first);
    }

    @Test
    void shouldLeaveOutWhatIsTakenAndSayWhenNothingIsLeft() {
        double[] all = probabilities(NOW, "good", "bad", "unseen");
        double[] left = new double[3];
        assertThat(draws.measure(entries("good", "bad", "unseen"), new boolean[] {true, false, false}, 3, NOW, left))
                .isTrue();
        assertThat(left[0]).isZero();
        assertThat(left[1]).isCloseTo(all[1] / (all[1] + all[2]), within(1e-12));
        assertThat(draws.measure(entries("known", "good"), new boolean[] {false, true}, 2, NOW, left))
                .isFalse();
        assertThat(left[0]).isZero();
    }

    @Test
    void shouldDrawOnlyWhatCanBeSold() {
        index.putBundle(terms("gone", 10, Long.MIN_VALUE, NOW));
        index.putBundle(terms("tomorrow", 10, NOW + HOUR, Long.MAX_VALUE));
        index.putBundle(terms("sold-out", 0, Long.MIN_VALUE, Long.MAX_VALUE));
        index.putBundle(CatalogFixtures.bundle("no-price", 180, "a", "nothing"));
        assertThat(probabilities(NOW, "gone", "tomorrow", "sold-out", "no-price"))
                .containsOnly(0);
        assertThat(draws.odds().hashes().length).isEqualTo(3);
    }

    private static Bundle terms(String id, long stock, long validFrom, long validUntil) {
        return CatalogFixtures.terms(CatalogFixtures.bundle(id, 180, "a", "b"), stock, validFrom, validUntil, Set.of());
    }

    @Test
    void shouldTakeTheNewestWhenThereAreTooMany() {
        for (int b = 0; b < NewBundleDraws.MOST_BUNDLES; b++) {
            Bundle bundle = CatalogFixtures.bundle("later-" + b, 180, "a", "b");
            index.putBundle(new Bundle(
                    bundle.id(),
                    bundle.title(),
                    bundle.members(),
                    bundle.priceMinor(),
                    bundle.listPriceMinor(),
                    bundle.currency(),
                    bundle.origin(),
                    NOW + 1 + b));
        }
        assertThat(probabilities(NOW, "good", "bad", "unseen")).containsOnly(0);
        assertThat(probabilities(NOW, "later-0")).containsExactly(1);
        assertThat(draws.odds().hashes().length).isEqualTo(NewBundleDraws.MOST_BUNDLES);
    }

    /** Choices occur with their stated probabilities: chi-square with two degrees of freedom. */
    @Test
    void shouldChooseAsOftenAsItStates() {
        double[] stated = probabilities(NOW, "good", "bad", "unseen");
        int choices = 100_000;
        long[] counts = new long[3];
        for (int i = 0; i < choices; i++) {
            counts[NewBundleDraws.choose(stated, 3, StableHash.unit(StableHash.combine(77, i)))]++;
        }
        double statistic = 0;
        for (int e = 0; e < 3; e++) {
            double expected = choices * stated[e];
            statistic += (counts[e] - expected) * (counts[e] - expected) / expected;
        }
        assertThat(statistic).as("critical value at 0.001").isLessThan(13.82);
    }

    @Test
    void shouldNeverChooseWhatHasNoProbability() {
        double[] stated = {0, 0.3, 0.7 - 1e-12, 0};
        assertThat(NewBundleDraws.choose(stated, 4, 0)).isEqualTo(1);
        assertThat(NewBundleDraws.choose(stated, 4, Math.nextDown(1.0))).isEqualTo(2);
    }
}
