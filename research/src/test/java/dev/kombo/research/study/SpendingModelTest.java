package dev.kombo.research.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.kombo.experiment.Enrollment;
import dev.kombo.experiment.uplift.UpliftAccount.UserObservation;
import dev.kombo.shop.simulation.HashedDraws;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SpendingModelTest {
    private static final Enrollment ENROLLMENT = new Enrollment("study", Scenario.HOLDOUT, 1, 0);

    @Test
    void shouldDrawShoppersThatComeBack() {
        int users = 40_000;
        double sumPrior = 0;
        double sumAfter = 0;
        int both = 0;
        int before = 0;
        int after = 0;
        for (int user = 0; user < users; user++) {
            UserObservation observation =
                    SpendingModel.observe(SpendingModel.shopper(new HashedDraws(1, user), ENROLLMENT, Effect.NONE, 1));
            sumPrior += observation.covariate();
            sumAfter += observation.response();
            before += observation.covariate() > 0 ? 1 : 0;
            after += observation.response() > 0 ? 1 : 0;
            both += observation.covariate() > 0 && observation.response() > 0 ? 1 : 0;
        }
        // 1 in 20 purchases is returned, a quarter of the returns after the window.
        assertThat(sumAfter / sumPrior).isCloseTo(1 - 0.05 * 0.75, withinPercentage(15));
        assertThat((double) both / users).isGreaterThan(1.3 * before / users * after / users);
    }

    @Test
    void shouldKnowTheTruthOfAnEffect() {
        Scenario scenario = new Scenario(
                "basket", Scenario.builtIn().get(0).phases(), Map.of(Scenario.TREATMENT, new Effect(1.5, 1)));
        Truth truth = new Truth(scenario, 100_000, 3);
        assertThat(truth.mean(1, Scenario.HOLDOUT)).isEqualTo(truth.mean(1, Scenario.POPULARITY));
        // Half as many purchases more; the cap takes little of it.
        assertThat(truth.mean(1, Scenario.TREATMENT) / truth.mean(1, Scenario.HOLDOUT))
                .isCloseTo(1.5, withinPercentage(5));
        assertThat(truth.mean(2, Scenario.HOLDOUT) / truth.mean(1, Scenario.HOLDOUT))
                .isCloseTo(1.4, withinPercentage(3));
    }
}
