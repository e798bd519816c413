package dev.kombo.lab.quality.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.experiment.offpolicy.Estimator;
import dev.kombo.experiment.offpolicy.LoggedSlate;
import dev.kombo.experiment.offpolicy.LoggedSlate.LoggedChoice;
import dev.kombo.experiment.offpolicy.LoggedSlate.Prediction;
import dev.kombo.experiment.offpolicy.OffPolicyAccumulator;
import dev.kombo.experiment.offpolicy.Overlap;
import dev.kombo.experiment.offpolicy.PolicyEstimate;
import dev.kombo.lab.data.DataSets;
import dev.kombo.learning.BayesianLogistic;
import dev.kombo.learning.Logistic;
import dev.kombo.ranking.ConversionFeature;
import dev.kombo.ranking.ConversionModel;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What the conversion model learns from real clicks: it is taught by the rounds of the random policy of Open Bandit,
 * one after the other, and its choice before each is evaluated off-policy, beside that of clicks per item.
 * {@code mvn -Pstudy -pl lab -am test -Dtest=OpenBanditStudyTest -Dsurefire.failIfNoSpecifiedTests=false}
 */
@Tag("study")
class OpenBanditStudyTest {
    private static final int ITEMS = 34;
    /** As of the effect of a bundle. */
    private static final double EXPECTED = 16;
    /** Prior strength of the rate of an item, in rounds. */
    private static final double SHOWN = 100;

    private static final Overlap.Limits LIMITS = Overlap.Limits.standard();

    private final BayesianLogistic model = ConversionModel.training();
    private final double[] clicks = new double[ITEMS];
    private final double[] shown = new double[ITEMS];
    private final double[] expected = new double[ITEMS];
    private final OffPolicyAccumulator byModel = new OffPolicyAccumulator();
    private final OffPolicyAccumulator byRate = new OffPolicyAccumulator();

    /** What is known of an item here, as features of a click on it. */
    private float[] features(OpenBanditLog.Round round, int item) {
        float[] features = new float[ConversionFeature.count()];
        features[ConversionFeature.INTERCEPT.ordinal()] = 1;
        features[ConversionFeature.CLICK.ordinal()] = 1;
        features[ConversionFeature.RANK.ordinal()] = (float) Math.log(round.position() + 1.0);
        features[ConversionFeature.CLICK_RATE.ordinal()] = (float) Math.log(rate(item) / usualRate());
        features[ConversionFeature.BUNDLE_EFFECT.ordinal()] =
                (float) Math.log((EXPECTED + clicks[item]) / (EXPECTED + expected[item]));
        return features;
    }

    private double usualRate() {
        double all = 1;
        double rounds = 200;
        for (int item = 0; item < ITEMS; item++) {
            all += clicks[item];
            rounds += shown[item];
        }
        return all / rounds;
    }

    private double rate(int item) {
        return (clicks[item] + SHOWN * usualRate()) / (shown[item] + SHOWN);
    }

    private static double probability(float[] weights, float[] features) {
        double logit = 0;
        for (int f = 0; f < weights.length; f++) {
            logit += weights[f] * features[f];
        }
        return Logistic.sigmoid(logit);
    }

    private static int best(IntToDoubleFunction value) {
        int best = 0;
        for (int item = 1; item < ITEMS; item++) {
            best = value.applyAsDouble(item) > value.applyAsDouble(best) ? item : best;
        }
        return best;
    }

    private static LoggedSlate slate(OpenBanditLog.Round round, int choice, IntToDoubleFunction predicted) {
        Prediction prediction = new Prediction(predicted.applyAsDouble(round.item()), predicted.applyAsDouble(choice));
        return new LoggedSlate(
                List.of(new LoggedChoice(
                        round.propensity(), choice == round.item() ? 1 : 0, 0, round.clicked() ? 1 : 0, prediction)),
                prediction);
    }

    private void learn(OpenBanditLog.Round round) {
        float[] features = features(round, round.item());
        expected[round.item()] += probability(model.weights(), features);
        model.show(features, 1);
        if (round.clicked()) {
            model.accept(features, 1);
        }
        shown[round.item()]++;
        clicks[round.item()] += round.clicked() ? 1 : 0;
    }

    private static void print(String name, Object estimator, PolicyEstimate estimate) {
        System.out.printf(
                Locale.ROOT,
                "%-18s %-22s %.3f %%  [%.3f, %.3f]%n",
                name,
                estimator,
                100 * estimate.value(),
                100 * estimate.interval().low(),
                100 * estimate.interval().high());
    }

    private static void print(String name, OffPolicyAccumulator policy) {
        Estimator estimator = policy.recommended();
        print(name, estimator, (PolicyEstimate) policy.value(estimator, LIMITS));
        print(name + " - random", "difference", (PolicyEstimate) policy.difference(LIMITS));
    }

    @Test
    void shouldLearnFromRealClicksNoWorseThanTheRandomPolicyByMoreThanChance() throws Exception {
        for (OpenBanditLog.Round round : OpenBanditLog.read(
                        DataSets.require("openbandit/random_men.csv.gz").getParent(), "random")
                .rounds()) {
            float[] weights = model.weights();
            IntToDoubleFunction predicted = item -> probability(weights, features(round, item));
            byModel.add(slate(round, best(predicted), predicted));
            byRate.add(slate(round, best(this::rate), this::rate));
            learn(round);
        }
        print("random", "logged", (PolicyEstimate) byModel.logged(LIMITS));
        print("conversion model", byModel);
        print("rate per item", byRate);

        PolicyEstimate difference = (PolicyEstimate) byModel.difference(LIMITS);
        assertThat(difference.interval().high()).isPositive();
    }
}
