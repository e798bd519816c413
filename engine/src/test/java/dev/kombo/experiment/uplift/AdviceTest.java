package dev.kombo.experiment.uplift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.experiment.Arm;
import dev.kombo.experiment.DecisionRule;
import dev.kombo.experiment.Measure;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.experiment.uplift.Advice.Decision;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class AdviceTest {
    private static final StrategyPlan PLAN = new StrategyPlan(1, "s", Accounts.halves(), 0, 1);

    @Test
    void shouldSayToShipWhenTheTreatmentWins() {
        Advice advice = Advice.of(PLAN, uplift(2000, 10, 11), 100);

        assertThat(advice.decision()).isEqualTo(Decision.SHIP);
        assertThat(advice.arm()).isEqualTo(Accounts.TREATMENT);
        assertThat(advice.sentence())
                .matches("ship treatment: revenue28d \\+\\d+\\.\\d % \\(\\+\\d\\.\\d to \\+1\\d\\.\\d\\)");
    }

    @Test
    void shouldSayToEndTheTreatmentWhenItLoses() {
        assertThat(Advice.of(PLAN, uplift(2000, 10, 9), 100).sentence()).startsWith("end treatment: revenue28d -");
    }

    @Test
    void shouldSayHowLongToWaitWhenNothingIsDecided() {
        ExperimentUplift uplift = uplift(2000, 10, 10.05);

        Advice advice = Advice.of(PLAN, uplift, 100);

        assertThat(advice.decision()).isEqualTo(Decision.KEEP_RUNNING);
        assertThat(advice.days()).isPresent();
        assertThat(advice.sentence())
                .startsWith("keep running, about "
                        + String.format(Locale.ROOT, "%,d", advice.days().getAsLong()) + " days: ");
        assertThat(Advice.of(PLAN, uplift, 0).sentence()).contains(" more users: ");
    }

    @Test
    void shouldCountTheDaysUntilTheBurnInWhenItIsTooEarly() {
        assertThat(Advice.of(PLAN, uplift(240, 10, 9), 10).sentence())
                .isEqualTo("keep running, about 2 days: revenue28d");
        assertThat(Advice.of(PLAN, new ExperimentUplift(), 10).sentence())
                .isEqualTo("keep running: nobody was observed for 28 days yet");
    }

    @Test
    void shouldSayThatSharesAreWrongBeforeAnythingElse() {
        ExperimentUplift uplift = uplift(2000, 10, 11);
        for (int i = 0; i < 2000; i++) {
            uplift.mainAccount(Measure.REVENUE_28D).enter(1, Accounts.TREATMENT);
        }

        assertThat(Advice.of(PLAN, uplift, 100).decision()).isEqualTo(Decision.REPAIR);
    }

    @Test
    void shouldSayWhatAGuardrailDidUntilAnotherVersionIsPublished() {
        ExperimentUplift uplift = uplift(2000, 10, 9);
        uplift.crossed(new Crossing("revenue28d", Accounts.TREATMENT, "STOP", 2, 0, "too low"));

        assertThat(Advice.of(PLAN, uplift, 100))
                .satisfies(advice -> assertThat(advice.decision()).isEqualTo(Decision.LOOK))
                .satisfies(advice -> assertThat(advice.sentence()).isEqualTo("stopped: too low"));
        StrategyPlan next = new StrategyPlan(3, "s", Accounts.halves(), 0, 1);
        assertThat(Advice.of(next, uplift, 100).decision()).isEqualTo(Decision.END);
    }

    @Test
    void shouldSpeakOfTheTreatmentThatWinsByMostOfSeveral() {
        List<Arm> arms = List.of(
                Accounts.arm(Accounts.HOLDOUT, Arm.Kind.HOLDOUT, 0.4),
                Accounts.arm("good", Arm.Kind.TREATMENT, 0.3),
                Accounts.arm("better", Arm.Kind.TREATMENT, 0.3));
        ExperimentUplift uplift = new ExperimentUplift();
        uplift.ruled(DecisionRule.STANDARD);
        UpliftAccount account = new UpliftAccount();
        uplift.restore(new ExperimentUplift.Key(Measure.REVENUE_28D, "EUR"), account);
        account.open(1, arms);
        Accounts.addNormal(account, 1, Accounts.HOLDOUT, 2000, 10, 1);
        Accounts.addNormal(account, 1, "good", 1500, 11, 2);
        Accounts.addNormal(account, 1, "better", 1500, 12, 3);

        assertThat(Advice.of(new StrategyPlan(1, "s", arms, 0, 1), uplift, 1).arm())
                .isEqualTo("better");
    }

    private static ExperimentUplift uplift(int users, double holdout, double treatment) {
        ExperimentUplift uplift = new ExperimentUplift();
        uplift.ruled(DecisionRule.STANDARD);
        UpliftAccount account = new UpliftAccount();
        uplift.restore(new ExperimentUplift.Key(Measure.REVENUE_28D, "EUR"), account);
        account.open(1, Accounts.halves());
        Accounts.addNormal(account, 1, Accounts.HOLDOUT, users, holdout, 1);
        Accounts.addNormal(account, 1, Accounts.TREATMENT, users, treatment, 2);
        return uplift;
    }
}
