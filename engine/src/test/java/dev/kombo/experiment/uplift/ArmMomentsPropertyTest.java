package dev.kombo.experiment.uplift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class ArmMomentsPropertyTest {

    @Property(tries = 500, seed = "1")
    void shouldNotDependOnHowObservationsAreSplitAndMerged(
            @ForAll @Size(min = 1, max = 60) List<@DoubleRange(min = -1000, max = 100_000) Double> values,
            @ForAll @IntRange(min = 1, max = 7) int parts,
            @ForAll boolean backwards) {
        ArmMoments[] split = new ArmMoments[parts];
        java.util.Arrays.fill(split, ArmMoments.NONE);
        for (int i = 0; i < values.size(); i++) {
            int part = (i * 31 + 7) % parts;
            split[part] = split[part].plus(values.get(i), covariate(values, i));
        }
        ArmMoments merged = ArmMoments.NONE;
        for (int p = 0; p < parts; p++) {
            ArmMoments next = split[backwards ? parts - 1 - p : p];
            merged = backwards ? next.merge(merged) : merged.merge(next);
        }

        assertClose(merged, twoPasses(values));
    }

    @Property(tries = 300, seed = "2")
    void shouldBeWhatTwoPassesGive(
            @ForAll @Size(min = 1, max = 100) List<@DoubleRange(min = -1000, max = 100_000) Double> values) {
        ArmMoments moments = ArmMoments.NONE;
        for (int i = 0; i < values.size(); i++) {
            moments = moments.plus(values.get(i), covariate(values, i));
        }
        assertClose(moments, twoPasses(values));
    }

    /** A covariate that is correlated with the value, but not perfectly. */
    private static double covariate(List<Double> values, int i) {
        return values.get(i) / 2 + values.get(values.size() - 1 - i);
    }

    private static ArmMoments twoPasses(List<Double> values) {
        int n = values.size();
        double response = 0;
        double covariate = 0;
        for (int i = 0; i < n; i++) {
            response += values.get(i) / n;
            covariate += covariate(values, i) / n;
        }
        double responses = 0;
        double covariates = 0;
        double products = 0;
        for (int i = 0; i < n; i++) {
            double first = values.get(i) - response;
            double second = covariate(values, i) - covariate;
            responses += first * first;
            covariates += second * second;
            products += first * second;
        }
        return new ArmMoments(n, response, covariate, responses, covariates, products);
    }

    private static void assertClose(ArmMoments actual, ArmMoments expected) {
        assertThat(actual.count()).isEqualTo(expected.count());
        // Relative to the size of the values, and for second moments to its square.
        double size = 1e5;
        double squares = size * size * expected.count();
        assertThat(actual.responseMean()).isCloseTo(expected.responseMean(), within(1e-9 * size));
        assertThat(actual.covariateMean()).isCloseTo(expected.covariateMean(), within(1e-9 * size));
        assertThat(actual.responseSquares()).isCloseTo(expected.responseSquares(), within(1e-9 * squares));
        assertThat(actual.covariateSquares()).isCloseTo(expected.covariateSquares(), within(1e-9 * squares));
        assertThat(actual.products()).isCloseTo(expected.products(), within(1e-9 * squares));
    }
}
