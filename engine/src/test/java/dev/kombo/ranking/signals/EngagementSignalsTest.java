package dev.kombo.ranking.signals;

import static dev.kombo.catalog.index.CatalogFixtures.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.catalog.index.CatalogFixtures;
import dev.kombo.catalog.index.EngagementKeys;
import dev.kombo.catalog.index.IndexSettings;
import dev.kombo.catalog.index.WritableCatalogIndex;
import dev.kombo.entity.EngagementCounts;
import dev.kombo.ranking.RankingSettings;
import dev.kombo.ranking.Requests;
import dev.kombo.ranking.ScoredCandidates;
import dev.kombo.ranking.Signal;
import dev.kombo.ranking.slate.SlateRanker;
import dev.kombo.settings.SettingValues;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Engagement signals, calculated by hand. Offers of x are liked, those of y are not, and z was never offered. */
class EngagementSignalsTest {
    private static final double K = EngagementKeys.PRIOR_IMPRESSIONS;
    private static final long HALF_LIFE = EngagementCounts.HALF_LIFE_MILLIS;
    /** Tolerance of the table in Softplus. */
    private static final float TOLERANCE = 1e-4f;

    private final WritableCatalogIndex index = new WritableCatalogIndex(IndexSettings.of(SettingValues.defaults()));
    private final Requests request = new Requests();

    EngagementSignalsTest() {
        for (String item : List.of("a", "b", "c")) {
            index.putItem(CatalogFixtures.item(item, 100));
        }
        index.putBundle(CatalogFixtures.bundle("x", 180, "a", "b"));
        index.putBundle(CatalogFixtures.bundle("y", 180, "b", "c"));
        index.putBundle(CatalogFixtures.bundle("z", 180, "a", "c"));
    }

    private void answered() {
        index.putModel(CatalogFixtures.answered("x", 200, 30, 12, NOW));
        index.putModel(CatalogFixtures.answered("y", 200, 10, 4, NOW));
    }

    private ScoredCandidates scored() {
        return new SlateRanker(index, RankingSettings.of(SettingValues.defaults())).scoreAll(request.build());
    }

    private float value(Signal signal, String bundle) {
        ScoredCandidates scored = scored();
        return scored.value(signal, scored.indexOf(index.bundle(bundle).hash()));
    }

    private float ranked(Signal signal, String bundle) {
        ScoredCandidates scored = scored();
        return scored.standardized(scored.indexOf(index.bundle(bundle).hash()))[signal.ordinal()];
    }

    private static float logRatio(double impressions, double count, double rate) {
        return (float) Math.log((count + K * rate) / (impressions + K) / rate);
    }

    @Test
    void shouldCompareTheShrunkRateWithThatOfAllBundles() {
        answered();
        assertThat(value(Signal.CLICK_RATE, "x")).isCloseTo(logRatio(200, 30, 0.1), within(TOLERANCE));
        assertThat(value(Signal.CLICK_RATE, "y")).isCloseTo(logRatio(200, 10, 0.1), within(TOLERANCE));
        assertThat(value(Signal.CONVERSION_RATE, "x")).isCloseTo(logRatio(200, 12, 0.04), within(TOLERANCE));
        assertThat(value(Signal.CONVERSION_RATE, "y")).isNegative();
    }

    @Test
    void shouldSayNothingOfABundleNeverShown() {
        answered();
        assertThat(value(Signal.CLICK_RATE, "z")).isZero();
        assertThat(ranked(Signal.CLICK_RATE, "z")).isZero();
        assertThat(ranked(Signal.CONVERSION_RATE, "z")).isZero();
    }

    @Test
    void shouldSayNothingOfAnyBundleBeforeTheFirstAnswer() {
        index.putModel(CatalogFixtures.answered("x", 500, 0, 0, NOW));
        index.putModel(CatalogFixtures.answered("y", 5, 0, 0, NOW));
        for (String bundle : List.of("x", "y", "z")) {
            assertThat(value(Signal.CLICK_RATE, bundle)).isZero();
            assertThat(value(Signal.CONVERSION_RATE, bundle)).isZero();
        }
    }

    @Test
    void shouldMoveLittleByLittleEvidenceAlsoAfterStandardising() {
        index.putModel(CatalogFixtures.answered("x", 1, 1, 0, NOW));
        index.putModel(CatalogFixtures.answered("y", 9, 0, 0, NOW));
        float expected = logRatio(1, 1, 0.1);
        assertThat(expected).isBetween(0.2f, 0.3f);
        assertThat(value(Signal.CLICK_RATE, "x")).isCloseTo(expected, within(TOLERANCE));
        assertThat(ranked(Signal.CLICK_RATE, "x")).isCloseTo(expected, within(TOLERANCE));
        assertThat(ranked(Signal.CLICK_RATE, "y")).isBetween(-0.3f, -0.2f);
    }

    @Test
    void shouldForgetWithTime() {
        answered();
        request.now = NOW + HALF_LIFE;
        assertThat(value(Signal.CLICK_RATE, "x")).isCloseTo(logRatio(100, 15, 0.1), within(TOLERANCE));
        request.now = NOW + 40 * HALF_LIFE;
        assertThat(value(Signal.CLICK_RATE, "x")).isCloseTo(0f, within(TOLERANCE));
    }

    @Test
    void shouldRankBetterAnsweredBundlesHigherByThePriorWeights() {
        assertThat(Signal.CLICK_RATE.priorWeight()).isEqualTo(0.1f);
        assertThat(Signal.CONVERSION_RATE.priorWeight()).isEqualTo(0.2f);
        request.weights = new float[Signal.count()];
        request.weights[Signal.CLICK_RATE.ordinal()] = Signal.CLICK_RATE.priorWeight();
        request.weights[Signal.CONVERSION_RATE.ordinal()] = Signal.CONVERSION_RATE.priorWeight();
        answered();
        ScoredCandidates scored = scored();
        float x = scored.score(scored.indexOf(index.bundle("x").hash()));
        float y = scored.score(scored.indexOf(index.bundle("y").hash()));
        float z = scored.score(scored.indexOf(index.bundle("z").hash()));
        assertThat(x).isGreaterThan(z);
        assertThat(z).isZero().isGreaterThan(y);
    }

    @Test
    void shouldForgetABundleWhoseModelIsRemoved() {
        answered();
        index.removeModel("b:x");
        assertThat(value(Signal.CLICK_RATE, "x")).isZero();
        assertThat(value(Signal.CLICK_RATE, "y")).as("all that is left is y").isCloseTo(0f, within(TOLERANCE));
    }
}
