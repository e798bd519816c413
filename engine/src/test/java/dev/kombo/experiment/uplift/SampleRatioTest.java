package dev.kombo.experiment.uplift;

import static dev.kombo.experiment.uplift.Accounts.HOLDOUT;
import static dev.kombo.experiment.uplift.Accounts.TREATMENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.experiment.Arm;
import dev.kombo.math.StableHash;
import java.util.List;
import org.apache.commons.numbers.gamma.LogGamma;
import org.junit.jupiter.api.Test;

class SampleRatioTest {
    private static final double[] HALVES = {0.5, 0.5};

    @Test
    void shouldBeWhatOneComputesByHand() {
        // Shares drawn evenly from 0 to 1 give three of three to the same arm with probability 1/4, halves with 1/8.
        assertThat(SampleRatio.logEvidence(new long[] {3, 0}, HALVES, 2)).isCloseTo(Math.log(2), within(1e-12));
        // One each: integral of p (1 - p) is 1/6, against 1/4.
        assertThat(SampleRatio.logEvidence(new long[] {1, 1}, HALVES, 2)).isCloseTo(Math.log(4.0 / 6), within(1e-12));
    }

    /** Counts and shares of the example of the authors' own package, with its concentration; SciPy's gammaln. */
    @Test
    void shouldBeWhatTheAuthorsFormulaGives() {
        double[] shares = {0.4, 0.4, 0.2};
        long[] counts = {60, 63, 32};
        assertThat(SampleRatio.logEvidence(counts, shares, 10_000)).isCloseTo(-0.014643542788689956, within(1e-9));
        assertThat(SampleRatio.logEvidence(counts, shares, 1000)).isCloseTo(-0.1376957434886208, within(1e-10));
    }

    /** Its expectation under the planned shares is 1 for any number of shoppers, which makes it evidence. */
    @Test
    void shouldBeAMartingale() {
        double share = 0.3;
        for (int n : new int[] {1, 10, 60}) {
            double expectation = 0;
            for (int k = 0; k <= n; k++) {
                double logProbability = LogGamma.value(n + 1)
                        - LogGamma.value(k + 1)
                        - LogGamma.value(n - k + 1)
                        + k * Math.log(share)
                        + (n - k) * Math.log(1 - share);
                double logEvidence =
                        SampleRatio.logEvidence(new long[] {k, n - k}, new double[] {share, 1 - share}, 20);
                expectation += Math.exp(logProbability + logEvidence);
            }
            assertThat(expectation).isCloseTo(1, within(1e-9));
        }
    }

    @Test
    void shouldSeldomClaimAMismatchThatIsNotThereHoweverOftenOneLooks() {
        double error = 0.1;
        int runs = 400;
        int alarms = 0;
        for (int run = 0; run < runs; run++) {
            alarms += alarmsAt(run, 0.1, 5000, error) > 0 ? 1 : 0;
        }
        double two = 2 * Math.sqrt(error * (1 - error) / runs);
        assertThat((double) alarms / runs).isBetween(0.005, error + two);
    }

    @Test
    void shouldFindAMismatchThatIsThere() {
        for (int run = 0; run < 20; run++) {
            assertThat(alarmsAt(run, 0.13, 20_000, 0.001)).isBetween(1, 20_000);
        }
    }

    /** The first shopper at whom a mismatch with a share of 0.1 is reported, or 0. */
    private static int alarmsAt(int run, double share, int users, double error) {
        long[] counts = new long[2];
        double[] planned = {0.1, 0.9};
        for (int user = 1; user <= users; user++) {
            counts[StableHash.unit(StableHash.combine(run, user)) < share ? 0 : 1]++;
            if (SampleRatio.logEvidence(counts, planned, 1000) >= -Math.log(error)) {
                return user;
            }
        }
        return 0;
    }

    @Test
    void shouldJudgeStrataApartAndTogether() {
        UpliftAccount account = new UpliftAccount();
        account.open(1, Accounts.halves());
        account.open(
                2,
                List.of(
                        Accounts.arm(HOLDOUT, Arm.Kind.HOLDOUT, 0.2),
                        Accounts.arm(TREATMENT, Arm.Kind.TREATMENT, 0.8)));
        enter(account, 1, 5200, 4800);
        enter(account, 2, 2000, 8000);

        SampleRatio ratio = SampleRatio.of(account.strata());

        assertThat(ratio.strata())
                .extracting(SampleRatio.Stratum::strategyVersion)
                .containsExactly(1L, 2L);
        assertThat(ratio.strata().get(1).arms())
                .containsExactly(
                        new SampleRatio.ArmRatio(HOLDOUT, 2000, 2000), new SampleRatio.ArmRatio(TREATMENT, 8000, 8000));
        assertThat(ratio.strata().get(0).logEvidence()).isCloseTo(6.075817651595571, within(1e-8));
        assertThat(ratio.strata().get(1).logEvidence()).isNegative();
        assertThat(ratio.logEvidence())
                .isCloseTo(
                        ratio.strata().get(0).logEvidence()
                                + ratio.strata().get(1).logEvidence(),
                        within(1e-12));
        assertThat(ratio.pValue()).isCloseTo(Math.exp(-ratio.logEvidence()), within(1e-12));
        assertThat(ratio.pValue()).isBetween(0.001, 0.05);
        assertThat(ratio.mismatched()).isFalse();
    }

    @Test
    void shouldBeCertainWhenSomebodyEnteredAnArmWithoutAShare() {
        UpliftAccount account = new UpliftAccount();
        account.open(
                1, List.of(Accounts.arm(HOLDOUT, Arm.Kind.HOLDOUT, 0), Accounts.arm(TREATMENT, Arm.Kind.TREATMENT, 1)));
        assertThat(SampleRatio.of(account.strata()).pValue()).isEqualTo(1);
        enter(account, 1, 1, 5);
        assertThat(SampleRatio.of(account.strata()).pValue()).isZero();
        assertThat(SampleRatio.of(account.strata()).mismatched()).isTrue();
    }

    @Test
    void shouldSayNothingOfSharesThatAreNotKnown() {
        UpliftAccount account = new UpliftAccount();
        enter(account, 1, 500, 1);
        assertThat(SampleRatio.of(account.strata()).strata()).isEmpty();
        assertThat(SampleRatio.of(account.strata()).pValue()).isEqualTo(1);
    }

    private static void enter(UpliftAccount account, long version, int holdout, int treatment) {
        for (int i = 0; i < holdout; i++) {
            account.enter(version, HOLDOUT);
        }
        for (int i = 0; i < treatment; i++) {
            account.enter(version, TREATMENT);
        }
    }
}
