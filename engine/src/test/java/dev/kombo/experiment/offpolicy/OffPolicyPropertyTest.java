package dev.kombo.experiment.offpolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.experiment.offpolicy.LoggedSlate.LoggedChoice;
import dev.kombo.experiment.offpolicy.LoggedSlate.Prediction;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;

class OffPolicyPropertyTest {
    private static final Overlap.Limits LAX = new Overlap.Limits(2, 1, 0);
    private static final Set<Estimator> BIASED = EnumSet.of(Estimator.SELF_NORMALIZED, Estimator.SHRUNK_DOUBLY_ROBUST);

    @Property(tries = 300, seed = "1")
    void shouldGiveThePlainMeanWhenBothPoliciesAreTheSame(
            @ForAll @Size(min = 2, max = 40) List<@DoubleRange(min = 0.01, max = 1) Double> propensities,
            @ForAll @DoubleRange(min = -100, max = 100_000) double scale,
            @ForAll @DoubleRange(min = -10, max = 10) double model) {
        Prediction constant = new Prediction(model, model);
        OffPolicyAccumulator accumulator = new OffPolicyAccumulator();
        double sum = 0;
        for (int i = 0; i < propensities.size(); i++) {
            double propensity = propensities.get(i);
            double reward = scale * propensities.get(propensities.size() - 1 - i);
            LoggedChoice choice = new LoggedChoice(propensity, propensity, 0, reward, constant);
            accumulator.add(new LoggedSlate(List.of(choice, choice), constant));
            sum += 2 * reward;
        }
        PolicyEstimate logged = (PolicyEstimate) accumulator.logged(LAX);

        assertThat(logged.value()).isCloseTo(sum / propensities.size(), within(1e-6));
        PolicyEstimate difference = (PolicyEstimate) accumulator.difference(LAX);
        assertThat(difference.value()).isZero();
        assertThat(difference.standardError()).isZero();
        assertThat(accumulator.overlap().meanWeight()).isEqualTo(1);
        assertThat(accumulator.overlap().effectiveSampleSize()).isEqualTo(propensities.size());
        for (Estimator estimator : EnumSet.complementOf(EnumSet.of(Estimator.SHRUNK_DOUBLY_ROBUST))) {
            PolicyEstimate estimate = (PolicyEstimate) accumulator.value(estimator, LAX);
            assertThat(estimate.value()).as("%s", estimator).isCloseTo(logged.value(), within(1e-6));
            assertThat(estimate.standardError()).as("%s", estimator).isCloseTo(logged.standardError(), within(1e-6));
        }
    }

    @Property(tries = 200, seed = "2")
    void shouldBeUnbiasedWhateverThePoliciesAndTheModelWhenTheCascadeHolds(@ForAll("worlds") SlateWorld world) {
        List<SlateWorld.Outcome> outcomes = world.outcomes();

        assertThat(Expectation.weight(outcomes)).isCloseTo(1, within(1e-9));
        for (Estimator estimator : Estimator.values()) {
            if (!BIASED.contains(estimator)) {
                assertThat(Expectation.of(outcomes, estimator).mean())
                        .as("%s", estimator)
                        .isCloseTo(world.truth(), within(1e-9));
            }
        }
    }

    @Property(tries = 200, seed = "3")
    void shouldBeUnbiasedByWholeSlatesWhenLowerRanksDistractFromUpperOnes(
            @ForAll("distractedWorlds") SlateWorld world) {
        List<SlateWorld.Outcome> outcomes = world.outcomes();

        for (Estimator estimator : List.of(Estimator.INVERSE_PROPENSITY, Estimator.DOUBLY_ROBUST)) {
            assertThat(Expectation.of(outcomes, estimator).mean()).isCloseTo(world.truth(), within(1e-9));
        }
    }

    @Property(tries = 200, seed = "4")
    void shouldVaryLessThanWithoutAModelWhenTheModelIsPerfect(@ForAll("modelledWorlds") SlateWorld world) {
        List<SlateWorld.Outcome> outcomes = world.outcomes();

        assertThat(Expectation.of(outcomes, Estimator.DOUBLY_ROBUST).variance())
                .isLessThan(
                        Expectation.of(outcomes, Estimator.INVERSE_PROPENSITY).variance());
        assertThat(Expectation.of(outcomes, Estimator.CASCADE_DOUBLY_ROBUST).variance())
                .isLessThan(Expectation.of(outcomes, Estimator.CASCADE).variance());
    }

    @Property(tries = 200, seed = "6")
    void shouldMissInTheWeightsWhatTheLoggingPolicyNeverShows(
            @ForAll @Size(12) List<@DoubleRange(min = -2, max = 2) Double> values) {
        double[] logger = part(values, 0);
        logger[3] = Double.NEGATIVE_INFINITY;
        SlateWorld world = new SlateWorld(logger, part(values, 1), part(values, 2), 0, 0);
        List<SlateWorld.Outcome> outcomes = world.outcomes();
        double unsupported = Expectation.unsupported(outcomes);

        assertThat(unsupported).isGreaterThan(0);
        assertThat(Expectation.weight(outcomes)).isCloseTo(1 - unsupported, within(1e-9));
    }

    @Provide
    Arbitrary<SlateWorld> worlds() {
        return worlds(0, Arbitraries.doubles().between(-2, 2));
    }

    @Provide
    Arbitrary<SlateWorld> distractedWorlds() {
        return worlds(1.5, Arbitraries.doubles().between(-2, 2));
    }

    @Provide
    Arbitrary<SlateWorld> modelledWorlds() {
        return worlds(0, Arbitraries.just(0.0));
    }

    private static Arbitrary<SlateWorld> worlds(double distraction, Arbitrary<Double> modelErrors) {
        Arbitrary<List<Double>> values =
                Arbitraries.doubles().between(-2, 2).list().ofSize(12);
        return Combinators.combine(values, modelErrors)
                .as((list, error) -> new SlateWorld(part(list, 0), part(list, 1), part(list, 2), distraction, error));
    }

    private static double[] part(List<Double> values, int part) {
        double[] taken = new double[SlateWorld.CANDIDATES];
        for (int i = 0; i < taken.length; i++) {
            taken[i] = values.get(part * taken.length + i);
        }
        return taken;
    }
}
