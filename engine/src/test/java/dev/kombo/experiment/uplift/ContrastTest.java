package dev.kombo.experiment.uplift;

import static dev.kombo.experiment.uplift.Accounts.HOLDOUT;
import static dev.kombo.experiment.uplift.Accounts.TREATMENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.kombo.experiment.uplift.Contrast.Estimate;
import dev.kombo.experiment.uplift.UpliftAccount.UserObservation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContrastTest {
    private static final UpliftSettings EARLY = new UpliftSettings(0.05, 1, 2, 1000);

    private final UpliftAccount account = new UpliftAccount();

    /** All figures calculated by hand from nine shoppers; the products are exact fractions. */
    @Test
    void shouldBeWhatOneComputesByHand() {
        Accounts.add(account, 1, TREATMENT, row(4, 2), row(6, 4), row(9, 3));
        Accounts.add(account, 1, HOLDOUT, row(1, 1), row(3, 3), row(2, 5), row(6, 7));
        Accounts.add(account, 1, "other", row(5, 5), row(7, 8));

        StratumStatistics stratum =
                StratumStatistics.of(account.strata().iterator().next());
        // Squares of the covariate within arms: 2 + 20 + 4.5; products: 2 + 14 + 3.
        assertThat(stratum.slope()).isCloseTo(19 / 26.5, within(1e-12));
        assertThat(stratum.covariateMean()).isCloseTo(38.0 / 9, within(1e-12));
        assertThat(stratum.covariateVariance()).isCloseTo(26.5 / 6, within(1e-12));
        assertThat(stratum.residualVariance()).isCloseTo(2.507337526205451, within(1e-12));

        Estimate estimate = estimate(EARLY);
        assertThat(estimate.users()).isEqualTo(9);
        assertThat(estimate.armUsers()).isEqualTo(3);
        assertThat(estimate.referenceUsers()).isEqualTo(4);
        assertThat(estimate.armMean()).isCloseTo(19.0 / 3 - 19 / 26.5 * (3 - 38.0 / 9), within(1e-12));
        assertThat(estimate.referenceMean()).isCloseTo(3 - 19 / 26.5 * (4 - 38.0 / 9), within(1e-12));
        assertThat(estimate.armVariance()).isCloseTo(2.1018419630025185, within(1e-12));
        assertThat(estimate.referenceVariance()).isCloseTo(0.8599672483411293, within(1e-12));
        assertThat(estimate.covariance()).isCloseTo(0.2657990849518084, within(1e-12));
        // The treatment's own variance 10.83 / 2 over 3, and the holdout's 4.21 / 3, lifted towards 2.51, over 4.
        assertThat(estimate.differenceVariance()).isCloseTo(1.8044776709782049 + 0.6257333704618259, within(1e-12));
        assertThat(estimate.varianceKept()).isCloseTo(0.6574448956441462, within(1e-12));
        // Three of the thousand shoppers of the smaller arm.
        assertThat(estimate.clock()).isCloseTo(0.003, within(1e-12));
    }

    /**
     * In the second stratum more shoppers buy and more are treated: pooled means would show an effect that does not
     * exist.
     */
    @Test
    void shouldKeepStrataApartWhenSharesChange() {
        Accounts.add(account, 1, TREATMENT, row(1, 0), row(3, 0));
        Accounts.add(account, 1, HOLDOUT, row(1, 0), row(3, 0), row(1, 0), row(3, 0), row(1, 0), row(3, 0));
        Accounts.add(account, 2, TREATMENT, row(11, 0), row(9, 0), row(11, 0), row(9, 0));
        Accounts.add(account, 2, HOLDOUT, row(11, 0), row(9, 0));

        Estimate estimate = estimate(EARLY);

        assertThat(estimate.difference()).isCloseTo(0, within(1e-12));
        // 8 shoppers with mean 2, 6 with mean 10.
        assertThat(estimate.armMean()).isCloseTo((8 * 2 + 6 * 10) / 14.0, within(1e-12));
        assertThat(estimate.users()).isEqualTo(14);
        // The clock adds 8² (1/2 + 1/6) and 6² (1/4 + 1/2), in units of the first stratum's at 1000 of the smaller arm.
        double first = 64 * (1 / 2.0 + 1 / 6.0);
        assertThat(estimate.clock()).isCloseTo((first + 36 * 0.75) / (first * 500), within(1e-12));
    }

    @Test
    void shouldLeaveAStratumOutBeforeItsBurnIn() {
        Accounts.add(account, 1, TREATMENT, row(1, 0), row(3, 0), row(5, 0));
        Accounts.add(account, 1, HOLDOUT, row(1, 0), row(3, 0));
        assertThat(estimate(new UpliftSettings(0.05, 1, 3, 1000))).isNull();

        Accounts.add(account, 2, TREATMENT, row(6, 0), row(7, 0), row(8, 0));
        Accounts.add(account, 2, HOLDOUT, row(1, 0), row(2, 0), row(3, 0));
        Estimate estimate = estimate(new UpliftSettings(0.05, 1, 3, 1000));
        assertThat(estimate.users()).isEqualTo(6);
        assertThat(estimate.difference()).isCloseTo(5, within(1e-12));
    }

    /** The variances and the covariance equal those of the estimates over repetitions. */
    @Test
    void shouldKnowItsOwnVariance() {
        int repetitions = 2000;
        ArmMoments estimates = ArmMoments.NONE;
        double armVariance = 0;
        double referenceVariance = 0;
        double covariance = 0;
        double kept = 0;
        for (int repetition = 0; repetition < repetitions; repetition++) {
            UpliftAccount one = new UpliftAccount();
            for (int user = 0; user < 900; user++) {
                long key = repetition * 1000L + user;
                double covariate = Accounts.gaussian(1, key);
                boolean treated = user % 3 == 0;
                // Other slopes in the arms, so that the covariances of residuals and covariate are not zero.
                double response = 10 + (treated ? 3 + 3 * covariate : 2 * covariate) + 1.5 * Accounts.gaussian(2, key);
                one.add(new UserObservation(treated ? TREATMENT : HOLDOUT, 1, response, covariate));
            }
            Estimate estimate = estimate(one, EARLY);
            estimates = estimates.plus(estimate.armMean(), estimate.referenceMean());
            armVariance += estimate.armVariance() / repetitions;
            referenceVariance += estimate.referenceVariance() / repetitions;
            covariance += estimate.covariance() / repetitions;
            kept += estimate.varianceKept() / repetitions;
        }
        assertThat(armVariance).isCloseTo(estimates.responseVariance(), withinPercentage(10));
        assertThat(referenceVariance).isCloseTo(estimates.covariateSquares() / (repetitions - 1), withinPercentage(10));
        assertThat(covariance).isCloseTo(estimates.products() / (repetitions - 1), withinPercentage(10));
        // Residual variances 1.5² + (slope - 7/3)², against 1.5² + slope²; the treatment has a third of the shoppers.
        double withCovariate = (2.25 + 4 / 9.0) * 2 + 2.25 + 1 / 9.0;
        double without = (2.25 + 9) * 2 + 2.25 + 4;
        assertThat(kept).isCloseTo(withCovariate / without, withinPercentage(3));
    }

    @Test
    void shouldNotBelieveAnArmThatVariesLessThanOthers() {
        StratumStatistics stratum = new StratumStatistics(100, 0, 0, 0, 50, 0);
        ArmMoments quiet = new ArmMoments(1000, 1, 0, 999 * 10, 0, 0);
        ArmMoments loud = new ArmMoments(1000, 1, 0, 999 * 90, 0, 0);
        // Half of what is missing from 10 to 50 is added at a thousand shoppers; nothing where more is there.
        assertThat(stratum.meanVariance(quiet)).isCloseTo(30 / 1000.0, within(1e-12));
        assertThat(stratum.meanVariance(loud)).isCloseTo(90 / 1000.0, within(1e-12));
    }

    /** The holdout varies less than expected in one stratum, and more in the other. */
    @Test
    void shouldDoubtTheVarianceOfAnArmOverAllStrataTogether() {
        Accounts.add(account, 1, TREATMENT, row(1, 0), row(9, 0), row(5, 0));
        Accounts.add(account, 1, HOLDOUT, row(5, 0), row(5, 0), row(5, 0));
        Accounts.add(account, 2, TREATMENT, row(5, 0), row(5, 0), row(5, 0));
        Accounts.add(account, 2, HOLDOUT, row(1, 0), row(9, 0), row(5, 0));
        List<StratumAccount> strata = new ArrayList<>(account.strata());
        List<StratumStatistics> statistics = strata.stream()
                .map(stratum -> StratumStatistics.of(stratum).scaled(stratum))
                .toList();

        Estimate estimate = Contrast.of(strata, statistics, TREATMENT, HOLDOUT, EARLY);

        // Its own variances are 0 and 16, and 8 is expected in both: nothing lacks, so nothing is added.
        assertThat(estimate.referenceVariance()).isCloseTo(16 / 3.0 / 4, within(1e-12));
        // By themselves, 1000 / 1003 of the 8 that lack in the first would be added.
        assertThat(estimate(EARLY).referenceVariance()).isCloseTo((16 + 8 * 1000 / 1003.0) / 3 / 4, within(1e-12));
    }

    private static double[] row(double response, double covariate) {
        return new double[] {response, covariate};
    }

    private Estimate estimate(UpliftSettings settings) {
        return estimate(account, settings);
    }

    private static Estimate estimate(UpliftAccount account, UpliftSettings settings) {
        List<StratumAccount> strata = new ArrayList<>(account.strata());
        List<StratumStatistics> statistics =
                strata.stream().map(StratumStatistics::of).toList();
        return Contrast.of(strata, statistics, TREATMENT, HOLDOUT, settings);
    }
}
