package dev.kombo.experiment.uplift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.experiment.uplift.Comparison.Fieller;
import dev.kombo.experiment.uplift.Contrast.Estimate;
import dev.kombo.experiment.uplift.Contrast.Prior;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

class FiellerPropertyTest {

    @Property(tries = 1000, seed = "1")
    void shouldHoldOneExactlyWhereTheDifferenceHoldsZero(
            @ForAll @DoubleRange(min = -10, max = 30) double arm,
            @ForAll @DoubleRange(min = 0.1, max = 20) double reference,
            @ForAll @DoubleRange(min = 0.01, max = 4) double armVariance,
            @ForAll @DoubleRange(min = 0.01, max = 4) double referenceVariance,
            @ForAll @DoubleRange(min = -0.9, max = 0.9) double correlation) {
        double covariance = correlation * Math.sqrt(armVariance * referenceVariance);
        Estimate estimate = new Estimate(
                1, 1, 1, arm, reference, armVariance, referenceVariance, covariance, 1, 1, new Prior(0, 0, 0));
        double multiplier = 3;
        Interval ratio = Fieller.ratio(estimate, multiplier);
        Assume.that(ratio.isBounded());
        double reach = multiplier * Math.sqrt(estimate.differenceVariance());
        Assume.that(Math.abs(Math.abs(estimate.difference()) - reach) > 1e-9);

        assertThat(ratio.contains(1)).isEqualTo(Math.abs(estimate.difference()) < reach);
        assertThat(ratio.contains(arm / reference)).isTrue();
        for (double end : new double[] {ratio.low(), ratio.high()}) {
            double variance = armVariance - 2 * end * covariance + end * end * referenceVariance;
            assertThat(Math.abs(arm - end * reference))
                    .isCloseTo(multiplier * Math.sqrt(variance), within(1e-6 * (1 + Math.abs(end))));
        }
    }
}
