package dev.kombo.experiment.uplift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.experiment.Arm;
import dev.kombo.experiment.DecisionRule;
import dev.kombo.experiment.Guardrail;
import dev.kombo.experiment.Guardrail.Action;
import dev.kombo.experiment.Measure;
import dev.kombo.experiment.StrategyPlan;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class GuardrailReadingTest {
    private static final int USERS = 2000;

    @Test
    void shouldBeCrossedWhenATreatmentLosesMoreThanTheMargin() {
        ExperimentUplift uplift = uplift(10, 9, 1);

        assertThat(reading(uplift, 0).crossed()).isTrue();
        assertThat(reading(uplift, 0).bound()).isBetween(-0.1, 0.0);
        assertThat(reading(uplift, 0.2).crossed()).isFalse();
    }

    @Test
    void shouldBeCrossedWhenATreatmentMakesTheShopLoseMoney() {
        ExperimentUplift uplift = uplift(10, -30, 6);
        UpliftAccount rare = new UpliftAccount();
        rare.open(1, Accounts.halves());
        Accounts.addNormal(rare, 1, Accounts.HOLDOUT, USERS, 0.01, 14);
        Accounts.addNormal(rare, 1, Accounts.TREATMENT, USERS, 0.01, 15);
        uplift.restore(new ExperimentUplift.Key(Measure.REVENUE_28D, "USD"), rare);

        assertThat(reading(uplift, 0).crossed()).isTrue();
    }

    @Test
    void shouldNotBeCrossedWhenATreatmentWins() {
        assertThat(reading(uplift(10, 12, 2), 0).crossed()).isFalse();
    }

    @Test
    void shouldNotJudgeBeforeTheBurnIn() {
        ExperimentUplift uplift = new ExperimentUplift();
        fill(uplift, 249, 10, 1, 3);

        GuardrailReading early = reading(uplift, 0);

        assertThat(early.crossed()).isFalse();
        assertThat(early.estimate()).isNull();
        assertThat(early.bound()).isNaN();
    }

    @Test
    void shouldNotBeCrossedWhenUsersWereNotAssignedInThePlannedShares() {
        ExperimentUplift uplift = uplift(10, 5, 4);
        UpliftAccount account = uplift.mainAccount(Measure.REVENUE_28D);
        for (int i = 0; i < USERS; i++) {
            account.enter(1, Accounts.TREATMENT);
        }

        assertThat(reading(uplift, 0).crossed()).isFalse();
    }

    @Test
    void shouldCompareEachTreatmentWithTheHoldoutAndNotWithTheBaseline() {
        ExperimentUplift uplift = uplift(10, 9, 5);
        List<Guardrail> two = List.of(Guardrail.STANDARD, new Guardrail("revenue7d", 0, Action.ALERT));

        List<GuardrailReading> readings = GuardrailReading.all(plan(two, Accounts.thirds()), uplift);

        assertThat(readings).singleElement().satisfies(reading -> {
            assertThat(reading.arm()).isEqualTo(Accounts.TREATMENT);
            assertThat(reading.control()).isEqualTo(Accounts.HOLDOUT);
        });
    }

    @Test
    void shouldCompareWithTheBaselineWhenThereIsNoHoldout() {
        List<Arm> arms = List.of(
                Accounts.arm("t", Arm.Kind.TREATMENT, 0.5), Accounts.arm(Accounts.BASELINE, Arm.Kind.BASELINE, 0.5));

        assertThat(plan(List.of(), arms).control()).isEqualTo(arms.get(1));
        assertThat(plan(List.of(), arms.subList(0, 1)).control()).isNull();
    }

    /** The bound and the verdict are two views of one inequality. */
    @Property(tries = 200, seed = "29")
    void shouldBeCrossedExactlyWhereTheBoundIsBeyondTheMargin(
            @ForAll @DoubleRange(min = 0, max = 0.3) double margin,
            @ForAll @DoubleRange(min = 7, max = 11) double mean,
            @ForAll @LongRange(min = 0, max = 1000) long stream) {
        GuardrailReading reading = reading(uplift(10, mean, stream), margin);

        assertThat(reading.crossed()).isEqualTo(reading.bound() < -margin);
    }

    /** Twice the error on both sides is the error on one, up to the paths that cross both. */
    @Property(tries = 50, seed = "29")
    void shouldNeedLittleMoreOnOneSideThanOfTwiceTheErrorOnBoth(
            @ForAll @DoubleRange(min = 0.01, max = 1000) double time) {
        ConfidenceSequence sequence = new ConfidenceSequence(0.1);

        assertThat(sequence.oneSided(time))
                .isGreaterThan(sequence.multiplier(time))
                .isLessThan(1.1 * sequence.multiplier(time));
    }

    @Test
    void shouldBeTheOneSidedFormulaOfThePaper() {
        // sqrt(2 (c + 1) / c · log(1 + sqrt(c + 1) / (2 · 0.05))) for c = 6.
        ConfidenceSequence sequence = new ConfidenceSequence(0.1);

        assertThat(sequence.oneSided(6 / sequence.shortestAt()))
                .isCloseTo(Math.sqrt(7.0 / 3 * Math.log(1 + Math.sqrt(7) / 0.1)), within(1e-9));
    }

    private static GuardrailReading reading(ExperimentUplift uplift, double margin) {
        List<Guardrail> guardrails = List.of(new Guardrail("revenue28d", margin, Action.STOP));
        return GuardrailReading.all(plan(guardrails, Accounts.halves()), uplift).get(0);
    }

    private static StrategyPlan plan(List<Guardrail> guardrails, List<Arm> arms) {
        StrategyPlan.Options options =
                new StrategyPlan.Options(null, DecisionRule.STANDARD, guardrails, null, null, List.of());
        return new StrategyPlan(1, "s", arms, 0, 1, StrategyPlan.Eligibility.EVERYWHERE, options);
    }

    private static ExperimentUplift uplift(double holdout, double treatment, long stream) {
        ExperimentUplift uplift = new ExperimentUplift();
        fill(uplift, USERS, holdout, treatment, stream);
        return uplift;
    }

    private static void fill(ExperimentUplift uplift, int users, double holdout, double treatment, long stream) {
        UpliftAccount account = new UpliftAccount();
        uplift.restore(new ExperimentUplift.Key(Measure.REVENUE_28D, "EUR"), account);
        account.open(1, Accounts.halves());
        Accounts.addNormal(account, 1, Accounts.HOLDOUT, users, holdout, 2 * stream);
        Accounts.addNormal(account, 1, Accounts.TREATMENT, users, treatment, 2 * stream + 1);
    }
}
