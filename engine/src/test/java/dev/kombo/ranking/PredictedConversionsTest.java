package dev.kombo.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.learning.Logistic;
import dev.kombo.ranking.PredictedConversions.Decile;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PredictedConversionsTest {
    private static final long SEED = 7;
    private static final int SHOWN = 200_000;

    /** Bundles of which the true log odds are the predicted ones and so many more. */
    private static PredictedConversions observed(double more) {
        PredictedConversions conversions = new PredictedConversions();
        Random random = new Random(SEED);
        for (int i = 0; i < SHOWN; i++) {
            double logOdds = -4 + random.nextGaussian();
            conversions.show(logOdds);
            if (random.nextDouble() < Logistic.sigmoid(logOdds + more)) {
                conversions.buy(logOdds);
            }
        }
        return conversions;
    }

    @Test
    void shouldFindTruePredictionsTrueInEachDecile() {
        PredictedConversions conversions = observed(0);
        List<Decile> deciles = conversions.deciles();

        assertThat(deciles).as("seed %d", SEED).hasSize(10);
        assertThat(deciles).extracting(Decile::predicted).isSorted();
        double bundles = deciles.get(0).bundles();
        for (Decile decile : deciles) {
            assertThat(decile.bundles()).isCloseTo(bundles, within(1e-6));
            double error = Math.sqrt(decile.predicted() / decile.bundles());
            assertThat(decile.bought()).isCloseTo(decile.predicted(), within(4 * error));
        }
        // The highest decile of normal log odds: 1.75 standard deviations above their mean.
        assertThat(deciles.get(9).predicted()).isCloseTo(Logistic.sigmoid(-4 + 1.75), within(0.01));
        assertThat(conversions.calibrationError()).isLessThan(0.001);
    }

    @Test
    void shouldFindPredictionsTooLowWhereMoreIsBought() {
        PredictedConversions conversions = observed(1);

        assertThat(conversions.deciles())
                .as("seed %d", SEED)
                .allSatisfy(decile -> assertThat(decile.bought()).isGreaterThan(2 * decile.predicted()));
        assertThat(conversions.calibrationError()).isBetween(0.02, 0.06);
    }

    @Test
    void shouldForgetAsTheConversionModelDoes() {
        PredictedConversions conversions = observed(0);
        double shown =
                conversions.deciles().stream().mapToDouble(Decile::bundles).sum();

        // Sum of a geometric series.
        double expected = ConversionModel.MEMORY * -Math.expm1(SHOWN * Math.log1p(-1 / ConversionModel.MEMORY));
        assertThat(shown).isCloseTo(expected, within(1e-3 * expected)).isLessThan(0.95 * SHOWN);
    }

    @Test
    void shouldCountWhatIsBeyondTheHistogramInItsFirstAndLastBin() {
        PredictedConversions conversions = new PredictedConversions();
        for (int i = 0; i < 5; i++) {
            conversions.show(-50);
            conversions.show(50);
            conversions.buy(50);
        }

        List<Decile> deciles = conversions.deciles();
        assertThat(deciles.get(0).predicted()).isCloseTo(0, within(1e-6));
        assertThat(deciles.get(0).bought()).isZero();
        assertThat(deciles.get(9).predicted()).isCloseTo(1, within(1e-4));
        assertThat(deciles.get(9).bought()).isCloseTo(1, within(1e-4));
    }

    @Test
    void shouldKnowNothingBeforeTenBundlesWereShown() {
        PredictedConversions conversions = new PredictedConversions();
        for (int i = 0; i < 10; i++) {
            assertThat(conversions.deciles()).isEmpty();
            assertThat(conversions.calibrationError()).isNaN();
            conversions.show(Double.NaN);
            conversions.show(-3);
        }

        assertThat(conversions.deciles()).hasSize(10);
    }

    @Test
    void shouldGoOnFromStoredValuesAndIgnoreThoseOfAnotherSize() {
        PredictedConversions conversions = observed(0);

        PredictedConversions restored = new PredictedConversions(conversions.values());
        assertThat(restored.deciles()).isEqualTo(conversions.deciles());
        assertThat(new PredictedConversions(new double[3]).deciles()).isEmpty();
    }
}
