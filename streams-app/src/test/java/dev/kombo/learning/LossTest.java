package dev.kombo.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.FloatRange;
import org.junit.jupiter.api.Test;

class LossTest {
    @Property(seed = "3", tries = 200)
    void shouldDeriveWhatItComputes(
            @ForAll Loss loss,
            @ForAll @FloatRange(min = -8, max = 8) float score,
            @ForAll @FloatRange(min = 0, max = 1) float label) {
        float h = 0.015625f;
        double slope = (loss.value(score + h, label) - loss.value(score - h, label)) / (2 * h);
        assertThat((double) loss.derivative(score, label)).isCloseTo(slope, within(1e-3));
        assertThat(loss.value(score, label)).isNotNegative();
    }

    @Property(seed = "4", tries = 200)
    void shouldBeSymmetricAndAgreeWithTheLogarithm(@ForAll @DoubleRange(min = -30, max = 30) double score) {
        assertThat(Logistic.sigmoid(score) + Logistic.sigmoid(-score)).isCloseTo(1, within(1e-12));
        assertThat(Logistic.logLoss(score, 1)).isCloseTo(-Math.log(Logistic.sigmoid(score)), within(1e-9));
    }

    @Test
    void shouldStayFiniteForHugeScores() {
        assertThat(Logistic.logLoss(1e30, 0)).isEqualTo(1e30);
        assertThat(Logistic.logLoss(-1e30, 0)).isZero();
        assertThat(Logistic.sigmoid(Double.NEGATIVE_INFINITY)).isZero();
        assertThat(Logistic.sigmoid(Double.NaN)).isNaN();
    }
}
