package dev.kombo.experiment.uplift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RidgeRegressionTest {
    @Test
    void shouldPredictNothingWithoutObservations() {
        assertThat(predicted(new RidgeRegression(2), 1, 3)).isZero();
    }

    @Test
    void shouldFindALineWhenObservationsAreMany() {
        RidgeRegression line = new RidgeRegression(3);
        Random draws = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            double x = draws.nextDouble();
            double never = 0;
            line.add(new double[] {1, x, never}, 2 - 3 * x + draws.nextGaussian());
        }
        assertThat(predicted(line, 1, 0, 0)).isCloseTo(2, within(0.05));
        assertThat(predicted(line, 1, 1, 0)).isCloseTo(-1, within(0.05));
    }

    @Test
    void shouldStayNearTheMeanWhenObservationsAreFew() {
        RidgeRegression line = new RidgeRegression(2);
        line.add(new double[] {1, 0}, 0);
        line.add(new double[] {1, 1}, 1);
        double step = predicted(line, 1, 1) - predicted(line, 1, 0);
        assertThat(step).isBetween(0.0, 0.1);
    }

    private static double predicted(RidgeRegression line, double... x) {
        return RidgeRegression.predict(line.weights(), x);
    }
}
