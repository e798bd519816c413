package dev.kombo.learning.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.learning.Logistic;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlattScalingTest {
    /** Shows examples whose true logit is standard normal around a mean, and whose raw one is scaled and shifted. */
    private static void observe(
            PlattScaling calibration, double scale, double shift, double mean, int examples, long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < examples; i++) {
            double truth = mean + 1.5 * random.nextGaussian();
            float label = random.nextDouble() < Logistic.sigmoid(truth) ? 1f : 0f;
            calibration.observe(scale * truth + shift, label, 1);
        }
    }

    @Test
    void shouldBeTheIdentityAtFirst() {
        PlattScaling calibration = new PlattScaling(1000);
        assertThat(calibration.slope()).isEqualTo(1f);
        assertThat(calibration.offset()).isZero();
        assertThat(calibration.logit(-2.5)).isEqualTo(-2.5);
        assertThat(Logistic.sigmoid(calibration.logit(0))).isEqualTo(0.5);
        assertThat(calibration.logLoss()).isNaN();
        assertThat(calibration.reliability().error()).isNaN();
    }

    @Test
    void shouldCountOnceItIsAsOftenRightAsItSays() {
        PlattScaling calibration = new PlattScaling(2000);
        assertThat(calibration.negatives()).isZero();
        observe(calibration, 1, 0, -1.5, 100, 1);
        assertThat(calibration.negatives()).as("too few examples").isZero();
        observe(calibration, 1, 0, -1.5, 2000, 2);
        assertThat((double) calibration.negatives()).isBetween(2.0, 4.5);

        PlattScaling wrong = new PlattScaling(2000);
        observe(wrong, 4, 8, -1.5, 450, 1);
        assertThat(wrong.negatives()).as("it said too much until now").isZero();
        observe(wrong, 4, 8, -1.5, 10_000, 2);
        assertThat((double) wrong.negatives()).isBetween(2.0, 4.5);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldStayNearTheIdentityWhereLogitsHold(long seed) {
        for (int examples : new int[] {10, 100, 1000, 30_000}) {
            PlattScaling calibration = new PlattScaling(5000);
            observe(calibration, 1, 0, -1, examples, seed);
            assertThat((double) calibration.slope()).isBetween(0.8, 1.25);
            assertThat((double) calibration.offset()).isBetween(-0.3, 0.3);
        }
    }

    @ParameterizedTest
    @CsvSource({"3, 0, -1", "3, 2, -1", "3, -4, -1", "0.3, 1, 0", "1, 5, -3", "1, -5, -3", "10, 20, 0"})
    void shouldRecoverFromLogitsThatAreScaledAndShifted(double scale, double shift, double mean) {
        PlattScaling calibration = new PlattScaling(5000);
        observe(calibration, scale, shift, mean, 20_000, 11);
        assertThat(calibration.slope() * scale).isCloseTo(1, within(0.15));
        assertThat(calibration.offset() + calibration.slope() * shift).isCloseTo(0, within(0.25));
        assertThat(calibration.reliability().error()).isLessThan(0.03);
    }

    @Test
    void shouldFollowAChangeAndForgetWhatWasBefore() {
        PlattScaling calibration = new PlattScaling(1000);
        observe(calibration, 1, 0, -1, 10_000, 1);
        observe(calibration, 3, 1, -1, 1, 2);
        double before = calibration.logit(0);
        observe(calibration, 3, 1, -1, 10_000, 3);
        assertThat(before).isCloseTo(0, within(0.4));
        assertThat(3.0 * calibration.slope()).isCloseTo(1, within(0.2));
    }

    @ParameterizedTest
    @ValueSource(floats = {0f, 1f})
    void shouldStayFiniteAndRisingWhereAllLabelsAreAlike(float label) {
        PlattScaling calibration = new PlattScaling(1000);
        Random random = new Random(1);
        for (int i = 0; i < 50_000; i++) {
            calibration.observe(100 * random.nextGaussian(), label, 2);
        }
        assertThat(calibration.slope()).isPositive().isFinite();
        assertThat(calibration.offset()).isFinite();
        assertThat(Logistic.sigmoid(calibration.logit(0))).isCloseTo(label, within(0.05));
    }

    @Test
    void shouldNeverTurnTheOrderRoundEvenWhereLabelsDo() {
        PlattScaling calibration = new PlattScaling(1000);
        observe(calibration, -2, 0, 0, 20_000, 4);
        assertThat(calibration.slope()).isPositive();
        assertThat(calibration.logit(2) - calibration.logit(-2)).isBetween(0.0, 0.3);
    }

    @Test
    void shouldTakeTheNewtonStepOfTheFirstExampleByHand() {
        PlattScaling calibration = new PlattScaling(1000);
        calibration.observe(2, 1, 0.5);
        double probability = 1 / (1 + Math.exp(-2));
        double residual = 0.5 * (1 - probability);
        double curvature = 0.5 * probability * (1 - probability);
        // (10 I + curvature x x')^-1 x residual with x = (2, 1), by Sherman and Morrison.
        double step = residual / (10 + curvature * 5);
        assertThat(Math.log(calibration.slope())).isCloseTo(2 * step, within(1e-6));
        assertThat((double) calibration.offset()).isCloseTo(step, within(1e-6));
        assertThat(calibration.logLoss()).isCloseTo(-Math.log(probability), within(1e-9));
    }

    @Test
    void shouldContinueFromItsStoredValues() {
        PlattScaling whole = new PlattScaling(1000);
        observe(whole, 2, 1, 0, 500, 1);
        PlattScaling stored = new PlattScaling(1000, whole.values());
        observe(whole, 2, 1, 0, 500, 2);
        observe(stored, 2, 1, 0, 500, 2);
        assertThat(stored.values()).isEqualTo(whole.values());
    }
}
