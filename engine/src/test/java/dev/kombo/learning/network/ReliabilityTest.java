package dev.kombo.learning.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.learning.network.PlattScaling.Reliability;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReliabilityTest {
    private static Reliability table(int window) {
        return new Reliability(new double[Reliability.SIZE], 0, window);
    }

    @Test
    void shouldGiveTheErrorComputedByHand() {
        Reliability table = table(Integer.MAX_VALUE);
        // Bin 1 of [1/15, 2/15): predictions .1 and .12, labels 0 and 1: |.11 - .5| = .39.
        table.observe(0.1, 0, 1);
        table.observe(0.12, 1, 1);
        // Bin 13: .9 with weight 2, label 1: .1. Bin 14: 1, label 0: 1.
        table.observe(0.9, 1, 2);
        table.observe(1, 0, 1);
        assertThat(table.examples()).isCloseTo(5, within(1e-6));
        assertThat(table.wanted()).isCloseTo(3, within(1e-6));
        assertThat(table.error()).isCloseTo((2 * 0.39 + 2 * 0.1 + 1 * 1) / 5, within(1e-6));
    }

    @Test
    void shouldBeNearZeroWherePredictionsHold() {
        Reliability table = table(1_000_000);
        Random random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            double probability = random.nextDouble();
            table.observe(probability, random.nextDouble() < probability ? 1 : 0, 1);
        }
        assertThat(table.error()).isLessThan(0.01);
    }

    @Test
    void shouldForgetOverTheWindow() {
        Reliability table = table(100);
        for (int i = 0; i < 1000; i++) {
            table.observe(0.5, 1, 1);
        }
        assertThat(table.error()).isCloseTo(0.5, within(1e-9));
        for (int i = 0; i < 1000; i++) {
            table.observe(0.5, i % 2, 1);
        }
        assertThat(table.error()).isLessThan(0.01);
        assertThat(table.examples()).isCloseTo(100, within(1e-6));
    }
}
