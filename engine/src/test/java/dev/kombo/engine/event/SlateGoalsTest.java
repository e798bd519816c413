package dev.kombo.engine.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.experiment.Arm;
import dev.kombo.experiment.OfferPolicy;
import dev.kombo.experiment.OfferPolicy.ArmRanker;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.ranking.ConversionModel;
import dev.kombo.ranking.SlateGoal;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlateGoalsTest {
    /** Every valid strategy makes valid goals; otherwise each event of the arm would fail. */
    @ParameterizedTest
    @CsvSource({"0, 0.01", "1, 1", "1, 0.01"})
    void shouldHaveAGoalForTheUtmostThatAStrategyMayAskFor(double stockPressure, double mmrLambda) {
        OfferPolicy policy = new OfferPolicy(
                OfferPolicy.Objective.REVENUE, ArmRanker.LEARNED, stockPressure, List.of(0, 9_000), mmrLambda, false);
        Arm arm = new Arm("offers", Arm.Kind.TREATMENT, 1, policy);
        assertThat(new StrategyPlan(1, "s", List.of(arm), 0, 1).problems()).isEmpty();

        SlateGoal goal = SlateGoals.of(arm, ConversionModel.prior());
        assertThat(goal.stockPressure()).isEqualTo(stockPressure);
        assertThat(goal.mmrLambda()).isEqualTo(mmrLambda);
        assertThat(goal.discountCurated()).isFalse();
    }
}
