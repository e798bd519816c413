package dev.kombo.experiment.uplift;

import static dev.kombo.experiment.uplift.Accounts.BASELINE;
import static dev.kombo.experiment.uplift.Accounts.HOLDOUT;
import static dev.kombo.experiment.uplift.Accounts.TREATMENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.kombo.experiment.Arm;
import dev.kombo.experiment.DecisionRule.Role;
import dev.kombo.experiment.uplift.Comparison.Part;
import dev.kombo.experiment.uplift.Comparison.Spending;
import dev.kombo.experiment.uplift.Comparison.Verdict;
import dev.kombo.experiment.uplift.Contrast.Estimate;
import dev.kombo.experiment.uplift.ExperimentUplift.UpliftReport;
import dev.kombo.experiment.uplift.UpliftAccount.UserObservation;
import java.util.List;
import org.junit.jupiter.api.Test;

class UpliftReportTest {
    private static final UpliftSettings SETTINGS = UpliftSettings.standard();

    private final UpliftAccount account = new UpliftAccount();

    @Test
    void shouldCompareEachArmWithHoldoutsAndTreatmentsWithBaselines() {
        account.open(1, Accounts.thirds());
        account.open(2, List.of(Accounts.arm("second", Arm.Kind.TREATMENT, 1), Accounts.arm("gone", null, 0)));
        assertThat(report().comparisons())
                .extracting(each -> each.arm() + "/" + each.reference())
                .containsExactly(
                        "popularity/holdout",
                        "second/holdout",
                        "second/popularity",
                        "treatment/holdout",
                        "treatment/popularity");
        assertThat(new UpliftAccount().strata()).isEmpty();
        assertThat(UpliftReport.of(new UpliftAccount(), SETTINGS, Role.SHARED, Long.MAX_VALUE)
                        .comparisons())
                .isEmpty();
    }

    @Test
    void shouldBeTooEarlyUntilTheSmallerArmHasItsBurnIn() {
        account.open(1, Accounts.thirds());
        Accounts.addNormal(account, 1, TREATMENT, 498, 5, 1);
        Accounts.addNormal(account, 1, HOLDOUT, 249, 1, 2);
        Accounts.addNormal(account, 1, BASELINE, 250, 1, 3);

        Comparison early = report().comparison(TREATMENT, HOLDOUT);
        assertThat(early.verdict()).isEqualTo(Verdict.TOO_EARLY);
        assertThat(early.estimate()).isNull();
        assertThat(early.difference()).isNull();
        assertThat(early.relative()).isNull();
        // One more of a quarter of the shoppers.
        assertThat(early.moreUsers()).hasValue(4);
        assertThat(report().comparison(TREATMENT, BASELINE).verdict()).isEqualTo(Verdict.WINNING);

        Accounts.addNormal(account, 1, HOLDOUT, 1, 1, 4);
        assertThat(report().comparison(TREATMENT, HOLDOUT).verdict()).isEqualTo(Verdict.WINNING);
    }

    @Test
    void shouldNotKnowHowLongTheBurnInTakesWithoutShares() {
        account.open(1, Accounts.halves());
        Accounts.addNormal(account, 1, TREATMENT, 10, 5, 1);
        Accounts.addNormal(account, 2, TREATMENT, 10, 5, 2);
        assertThat(report().comparison(TREATMENT, HOLDOUT).moreUsers()).isEmpty();
    }

    @Test
    void shouldTellWinningFromLosingAndUndecided() {
        account.open(1, Accounts.halves());
        Accounts.addNormal(account, 1, HOLDOUT, 1000, 10, 1);
        Accounts.addNormal(account, 1, TREATMENT, 1000, 11, 2);
        Comparison winning = report().comparison(TREATMENT, HOLDOUT);
        assertThat(winning.verdict()).isEqualTo(Verdict.WINNING);
        assertThat(winning.difference().contains(1)).isTrue();
        assertThat(winning.relative().contains(0.1)).isTrue();
        assertThat(winning.relative().low()).isPositive();
        assertThat(winning.estimate().relative()).isCloseTo(0.1, within(0.02));
        assertThat(winning.moreUsers()).isEmpty();

        UpliftAccount worse = new UpliftAccount();
        worse.open(1, Accounts.halves());
        Accounts.addNormal(worse, 1, HOLDOUT, 1000, 10, 1);
        Accounts.addNormal(worse, 1, TREATMENT, 1000, 9, 2);
        assertThat(UpliftReport.of(worse, SETTINGS, Role.SHARED, Long.MAX_VALUE)
                        .comparison(TREATMENT, HOLDOUT)
                        .verdict())
                .isEqualTo(Verdict.LOSING);
    }

    @Test
    void shouldSayHowManyMoreUsersWouldDecide() {
        account.open(1, Accounts.halves());
        Accounts.addNormal(account, 1, HOLDOUT, 500, 10, 1);
        Accounts.addNormal(account, 1, TREATMENT, 500, 10.1, 2);
        Comparison undecided = report().comparison(TREATMENT, HOLDOUT);
        assertThat(undecided.verdict()).isEqualTo(Verdict.UNDECIDED);
        double times = 1 + undecided.moreUsers().orElseThrow() / 1000.0;

        Estimate estimate = undecided.estimate();
        double reach = new ConfidenceSequence(undecided.part().error()).multiplier(estimate.clock() * times)
                * Math.sqrt(estimate.differenceVariance() / times);
        assertThat(reach).isCloseTo(Math.abs(estimate.difference()), withinPercentage(0.2));

        UpliftAccount equal = new UpliftAccount();
        equal.open(1, Accounts.halves());
        Accounts.addNormal(equal, 1, HOLDOUT, 500, 10, 1);
        Accounts.addNormal(equal, 1, TREATMENT, 500, 10, 1);
        assertThat(UpliftReport.of(equal, SETTINGS, Role.SHARED, Long.MAX_VALUE)
                        .comparison(TREATMENT, HOLDOUT)
                        .moreUsers())
                .isEmpty();
    }

    @Test
    void shouldBeBrokenWhenTheSampleRatioIsNotThePlannedOne() {
        account.open(1, Accounts.halves());
        Accounts.addNormal(account, 1, HOLDOUT, 1000, 10, 1);
        Accounts.addNormal(account, 1, TREATMENT, 1400, 11, 2);
        Comparison broken = report().comparison(TREATMENT, HOLDOUT);
        assertThat(report().sampleRatio().mismatched()).isTrue();
        assertThat(broken.verdict()).isEqualTo(Verdict.BROKEN);
        assertThat(broken.difference()).isNotNull();
        assertThat(broken.moreUsers()).isEmpty();
    }

    @Test
    void shouldDivideTheErrorByTheNumberOfComparisonsAndReports() {
        account.open(1, Accounts.thirds());
        Accounts.addNormal(account, 1, HOLDOUT, 300, 10, 1);
        Accounts.addNormal(account, 1, BASELINE, 300, 10, 2);
        Accounts.addNormal(account, 1, TREATMENT, 600, 10, 3);
        UpliftReport shared =
                UpliftReport.of(account, new UpliftSettings(0.05, 3, 250, 1000), Role.SHARED, Long.MAX_VALUE);
        Comparison comparison = shared.comparison(TREATMENT, HOLDOUT);
        double multiplier = new ConfidenceSequence(0.05 / 9).multiplier(0.3);
        assertThat(comparison.estimate().clock()).isCloseTo(0.3, within(1e-12));
        assertThat(comparison.difference().high() - comparison.difference().low())
                .isCloseTo(2 * multiplier * Math.sqrt(comparison.estimate().differenceVariance()), within(1e-9));
        assertThat(shared.comparison(HOLDOUT, TREATMENT)).isNull();
    }

    @Test
    void shouldShareTheErrorAmongTheTreatmentsAgainstTheHoldoutWhenTheMeasureIsPrimary() {
        account.open(1, Accounts.thirds());
        account.open(2, List.of(Accounts.arm("second", Arm.Kind.TREATMENT, 1)));
        UpliftReport primary = UpliftReport.of(account, SETTINGS, Role.PRIMARY, Long.MAX_VALUE);
        assertThat(primary.comparisons())
                .filteredOn(each -> each.part().role() == Role.PRIMARY)
                .extracting(
                        Comparison::arm,
                        Comparison::reference,
                        each -> each.part().error())
                .containsExactly(tuple("second", HOLDOUT, 0.025), tuple(TREATMENT, HOLDOUT, 0.025));
        assertThat(primary.comparisons())
                .filteredOn(each -> each.part().role() == Role.EXPLORATORY)
                .extracting(
                        Comparison::arm,
                        Comparison::reference,
                        each -> each.part().error())
                .containsExactly(
                        tuple(BASELINE, HOLDOUT, 0.05),
                        tuple("second", BASELINE, 0.05),
                        tuple(TREATMENT, BASELINE, 0.05));
    }

    @Test
    void shouldDecideAgainstTheBaselineWhenThereIsNoHoldout() {
        account.open(
                1,
                List.of(
                        Accounts.arm(BASELINE, Arm.Kind.BASELINE, 0.5),
                        Accounts.arm(TREATMENT, Arm.Kind.TREATMENT, 0.5)));
        assertThat(UpliftReport.of(account, SETTINGS, Role.PRIMARY, Long.MAX_VALUE)
                        .comparisons())
                .extracting(Comparison::part)
                .containsExactly(new Part(Role.PRIMARY, 0.05, Spending.ALWAYS));
    }

    @Test
    void shouldShowTheSameEstimateWithoutAVerdictWhenTheMeasureIsExploratory() {
        account.open(1, Accounts.halves());
        Accounts.addNormal(account, 1, HOLDOUT, 300, 10, 1);
        Accounts.addNormal(account, 1, TREATMENT, 300, 20, 3);
        Comparison decides =
                UpliftReport.of(account, SETTINGS, Role.PRIMARY, Long.MAX_VALUE).comparison(TREATMENT, HOLDOUT);
        Comparison explores = UpliftReport.of(account, SETTINGS, Role.EXPLORATORY, Long.MAX_VALUE)
                .comparison(TREATMENT, HOLDOUT);
        assertThat(decides.verdict()).isEqualTo(Verdict.WINNING);
        assertThat(explores.verdict()).isEqualTo(Verdict.EXPLORATORY);
        assertThat(explores.difference()).isEqualTo(decides.difference());
        // An experiment without a rule: a quarter of the error for each measure.
        assertThat(report().comparison(TREATMENT, HOLDOUT).part())
                .isEqualTo(new Part(Role.SHARED, 0.0125, Spending.ALWAYS));
    }

    @Test
    void shouldCompareProportionsLikeMeans() {
        account.open(1, Accounts.halves());
        for (int i = 0; i < 2000; i++) {
            String arm = i % 2 == 0 ? HOLDOUT : TREATMENT;
            account.enter(1, arm);
            account.add(new UserObservation(arm, 1, i % (arm.equals(HOLDOUT) ? 20 : 5) < 2 ? 1 : 0, 0));
        }
        Comparison comparison = report().comparison(TREATMENT, HOLDOUT);
        // 0.1 of the holdout; of the treated, odd numbers whose rest by 5 is 0 or 1: 0.4.
        assertThat(comparison.estimate().referenceMean()).isCloseTo(0.1, within(1e-12));
        assertThat(comparison.estimate().armMean()).isCloseTo(0.4, within(1e-12));
        // p (1 - p) / (n - 1) of the arm that varies more; the other is lifted half way to the mean of both.
        double high = 0.24 * 1000 / 999;
        double low = 0.09 * 1000 / 999;
        assertThat(comparison.estimate().differenceVariance())
                .isCloseTo((high + low + ((high + low) / 2 - low) / 2) / 1000, within(1e-12));
        assertThat(comparison.verdict()).isEqualTo(Verdict.WINNING);
    }

    @Test
    void shouldTellTheSameAfterStoringAndRestoring() {
        account.open(1, Accounts.thirds());
        account.open(2, Accounts.halves());
        for (long version = 1; version <= 2; version++) {
            Accounts.addNormal(account, version, HOLDOUT, 300, 10, version);
            Accounts.addNormal(account, version, TREATMENT, 400, 10.2, 10 + version);
        }
        UpliftAccount restored = new UpliftAccount();
        for (StratumAccount stratum : account.strata()) {
            StratumAccount copy = new StratumAccount(stratum.strategyVersion());
            stratum.arms().forEach(copy::restore);
            restored.restore(copy);
        }
        assertThat(UpliftReport.of(restored, SETTINGS, Role.SHARED, Long.MAX_VALUE))
                .isEqualTo(report());
    }

    private UpliftReport report() {
        return UpliftReport.of(account, SETTINGS, Role.SHARED, Long.MAX_VALUE);
    }
}
