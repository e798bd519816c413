package dev.kombo.experiment.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.experiment.Arm;
import dev.kombo.experiment.DecisionRule;
import dev.kombo.experiment.MaturedMeasure;
import dev.kombo.experiment.Ramp;
import dev.kombo.experiment.ShareMove;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.experiment.uplift.ExperimentUplift;
import dev.kombo.settings.Millis;
import java.util.List;
import org.junit.jupiter.api.Test;

class StrategyChangeTest {
    private static final List<Arm> ARMS = List.of(
            new Arm("holdout", Arm.Kind.HOLDOUT, 0.4),
            new Arm("popularity", Arm.Kind.BASELINE, 0.4),
            new Arm("treatment", Arm.Kind.TREATMENT, 0.2));

    @Test
    void shouldAskAgainWhenAChangeIsNotActiveAfterAnHour() {
        ExperimentUplift uplift = uplift(900, 1);
        StrategyPlan plan = plan(null);
        ShareMove stop = StrategyChange.next(plan, uplift, 0);
        assertThat(stop).satisfies(move -> {
            assertThat(move.kind()).isEqualTo(ShareMove.MoveKind.STOP);
            assertThat(move.arms())
                    .containsExactly(
                            new ShareMove.MovedArm("treatment", 0, 0), new ShareMove.MovedArm("holdout", 0.4 + 0.2, 0));
        });
        uplift.moved(stop);

        assertThat(StrategyChange.next(plan, uplift, Millis.HOUR - 1)).isNull();
        assertThat(StrategyChange.next(plan, uplift, Millis.HOUR).version()).isEqualTo(stop.version());
        assertThat(uplift.crossings()).hasSize(1);
    }

    @Test
    void shouldTakeTheStepFromTheOthersInProportion() {
        ShareMove step = StrategyChange.next(plan(new Ramp(List.of(0.1, 0.5), 250)), uplift(1000, 1000), 7);

        assertThat(step.kind()).isEqualTo(ShareMove.MoveKind.RAMP);
        assertThat(step.arms())
                .containsExactly(
                        new ShareMove.MovedArm("holdout", 0.25, 0),
                        new ShareMove.MovedArm("popularity", 0.25, 0),
                        new ShareMove.MovedArm("treatment", 0.5, 0));
    }

    @Test
    void shouldLeaveAnExperimentAloneThatBeganBeforeThereWereGuardrails() {
        ExperimentUplift losing = uplift(900, 1);
        losing.ruled(null);
        ExperimentUplift equal = uplift(1000, 1000);
        equal.ruled(null);

        assertThat(StrategyChange.next(plan(null), losing, 0)).isNull();
        assertThat(StrategyChange.next(plan(new Ramp(List.of(0.5), 250)), equal, 0))
                .isNull();
    }

    private static StrategyPlan plan(Ramp ramp) {
        StrategyPlan.Options options =
                new StrategyPlan.Options(null, DecisionRule.STANDARD, null, ramp, null, List.of());
        return new StrategyPlan(1, "s", ARMS, -1, Long.MAX_VALUE, StrategyPlan.Eligibility.EVERYWHERE, options);
    }

    /** Users of each arm by its share, who pay about the given amounts. */
    private static ExperimentUplift uplift(long holdout, long treatment) {
        ExperimentUplift uplift = new ExperimentUplift();
        for (int i = 0; i < 2500; i++) {
            Arm arm = ARMS.get(i % 5 == 4 ? 2 : i % 2);
            uplift.enter(1, arm.name(), ARMS, DecisionRule.STANDARD);
            double paid = (arm.kind() == Arm.Kind.TREATMENT ? treatment : holdout) + i % 10;
            List<MaturedMeasure.Value> values = List.of(new MaturedMeasure.Value("EUR", paid, 0));
            uplift.mature(1, arm.name(), new MaturedMeasure("revenue28d", values), 0, 100_000);
        }
        return uplift;
    }
}
