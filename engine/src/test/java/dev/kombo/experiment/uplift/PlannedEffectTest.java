package dev.kombo.experiment.uplift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.experiment.Arm;
import dev.kombo.experiment.DecisionRule;
import dev.kombo.experiment.Measure;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.experiment.uplift.SampleSize.Shares;
import dev.kombo.experiment.uplift.UpliftAccount.UserObservation;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlannedEffectTest {
    private static final StrategyPlan PLAN = new StrategyPlan(
            1,
            "s",
            List.of(new Arm("holdout", Arm.Kind.HOLDOUT, 0.2), new Arm("treatment", Arm.Kind.TREATMENT, 0.8)),
            Long.MIN_VALUE,
            Long.MAX_VALUE);

    @Test
    void shouldSayWhatAnEffectTakesByTheSpreadOfTheUsersObserved() {
        ExperimentUplift uplift = observed(1_000);
        List<PlannedEffect> effects = PlannedEffect.of(PLAN, uplift, 100);

        assertThat(effects).extracting(PlannedEffect::effect).containsExactly(0.02, 0.05, 0.10, 0.25, 0.50);
        assertThat(effects).extracting(PlannedEffect::users).isSortedAccordingTo((one, other) -> other.compareTo(one));
        PlannedEffect tenth = effects.get(2);
        // Responses of 0 and 200 have a mean of 100 and a variance of 10,000.
        // Without a rule, four measures share the error.
        SampleSize size = new SampleSize(100, 10_000 * 1_000.0 / 999, 0.05 / 4, 0);
        assertThat(tenth.users()).isEqualTo((long) size.shoppers(0.10, new Shares(0.8, 0.2)));
        assertThat(size.detectable(tenth.users(), new Shares(0.8, 0.2))).isCloseTo(0.10, within(0.001));
        assertThat(tenth.days()).isEqualTo((long) Math.ceil((tenth.users() - 1_000) / 100.0 + 28));
        assertThat(PlannedEffect.of(PLAN, uplift, 0))
                .extracting(PlannedEffect::days)
                .contains((Long) null);
    }

    @Test
    void shouldSayNoNumberBeyondThePlannedEnd() {
        ExperimentUplift open = observed(1_000);
        open.ruled(DecisionRule.STANDARD);
        long needed = PlannedEffect.of(PLAN, open, 100).get(2).users();
        assertThat(needed).as("one comparison has the whole error").isEqualTo((long)
                new SampleSize(100, 10_000 * 1_000.0 / 999, 0.05, 0).shoppers(0.10, new Shares(0.8, 0.2)));
        ExperimentUplift planned = observed(1_000);
        planned.ruled(new DecisionRule("revenue28d", needed * 3 / 4));

        List<PlannedEffect> effects = PlannedEffect.of(PLAN, planned, 100);

        assertThat(effects.get(0)).isEqualTo(new PlannedEffect(0.02, null, null));
        assertThat(effects.get(2).users())
                .as("the one look at the end sees it, those before do not")
                .isEqualTo(needed * 3 / 4);
        assertThat(effects.get(4).users()).isLessThan(needed * 3 / 4);
    }

    @Test
    void shouldDecideMoreByOneLookAtThePlannedEndThanByLooksAtAllTimes() {
        SampleSize planned = new SampleSize(100, 10_000, 0.05, 2_000);
        Shares halves = new Shares(0.5, 0.5);
        double atEnd = planned.detectable(2_000, halves);

        assertThat(planned.power(atEnd, 2_000, halves)).isCloseTo(0.8, within(0.001));
        // 2.241 standard errors, the quantile of a fixed look at half of the error, and .842 for the power.
        assertThat(atEnd).isCloseTo((2.2414 + 0.8416) * Math.sqrt(4 / 2_000.0), within(0.0001));
        assertThat(planned.open().detectable(2_000, halves)).isGreaterThan(1.1 * atEnd);
        assertThat(planned.detectable(1_999, halves))
                .as("half of the error before the end")
                .isGreaterThan(planned.open().detectable(1_999, halves));
        assertThat(planned.detectable(9_000, halves))
                .as("nobody is compared after it")
                .isEqualTo(atEnd);
        assertThat(planned.power(0.5, 400, halves)).as("before the burn-in").isZero();
    }

    @Test
    void shouldSayNothingBeforeTwoArmsCouldBeCompared() {
        assertThat(PlannedEffect.of(PLAN, observed(499), 100)).isEmpty();
        assertThat(PlannedEffect.of(PLAN, new ExperimentUplift(), 100)).isEmpty();
        assertThat(PlannedEffect.of(StrategyPlan.standard().ofVisitors(), new ExperimentUplift(), 100))
                .isEmpty();
    }

    private static ExperimentUplift observed(int users) {
        UpliftAccount account = new UpliftAccount();
        account.open(1, PLAN.arms());
        for (int i = 0; i < users; i++) {
            String arm = PLAN.arms().get(i % 5 == 0 ? 0 : 1).name();
            account.enter(1, arm);
            account.add(new UserObservation(arm, 1, i % 2 == 0 ? 200 : 0, 0));
        }
        ExperimentUplift uplift = new ExperimentUplift();
        uplift.restore(new ExperimentUplift.Key(Measure.REVENUE_28D, "EUR"), account);
        return uplift;
    }
}
