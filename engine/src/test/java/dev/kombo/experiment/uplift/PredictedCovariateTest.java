package dev.kombo.experiment.uplift;

import static dev.kombo.experiment.uplift.Accounts.HOLDOUT;
import static dev.kombo.experiment.uplift.Accounts.TREATMENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.codec.FlatReader;
import dev.kombo.codec.Stored;
import dev.kombo.experiment.Covariates;
import dev.kombo.experiment.DecisionRule.Role;
import dev.kombo.experiment.uplift.ExperimentUplift.UpliftReport;
import dev.kombo.experiment.uplift.UpliftAccount.UserObservation;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PredictedCovariateTest {
    private static final double CAP = 100;

    @Test
    void shouldKeepLessVarianceWhenWhatIsKnownForetellsTheResponse() {
        UpliftAccount account = account(1, 2_000);
        Comparison comparison = UpliftReport.of(account, UpliftSettings.standard(), Role.PRIMARY, Long.MAX_VALUE)
                .comparison(TREATMENT, HOLDOUT);
        // The response is half foretold by views: 8.3 of 16.6 is the least that could be kept.
        assertThat(comparison.estimate().varianceKept()).isBetween(0.45, 0.6);
    }

    @Test
    void shouldNotMissMoreOftenThanStatedWhenThereIsNoEffect() {
        int missed = 0;
        for (int run = 0; run < 200; run++) {
            UpliftAccount account = new UpliftAccount();
            account.open(1, Accounts.halves());
            boolean ever = false;
            for (int user = 0; user < 1_500; user++) {
                add(account, run, user);
                if (user > 600 && user % 20 == 0) {
                    Comparison comparison = UpliftReport.of(
                                    account, UpliftSettings.standard(), Role.PRIMARY, Long.MAX_VALUE)
                            .comparison(TREATMENT, HOLDOUT);
                    ever |= comparison.difference() != null
                            && !comparison.difference().contains(0);
                }
            }
            missed += ever ? 1 : 0;
        }
        assertThat(missed).as("of 200, where 10 are allowed").isLessThanOrEqualTo(10);
    }

    @Test
    void shouldPredictFromTheStoredSumsAsFromItsOwn() {
        UpliftAccount account = account(3, 500);
        UpliftAccount copy = UpliftAccount.BLANK.fields(new FlatReader(Stored.bytes(account::fields)));
        add(account, 3, 500);
        add(copy, 3, 500);
        assertThat(List.copyOf(copy.strata().iterator().next().arms()))
                .isEqualTo(List.copyOf(account.strata().iterator().next().arms()));
        assertThat(Stored.bytes(copy::fields)).isEqualTo(Stored.bytes(account::fields));
    }

    @Test
    void shouldPredictAllOfADayAlikeWheneverTheyAreToldOf() {
        UpliftAccount account = account(5, 500);
        Covariates known = new Covariates(0, 0, 9, 0, 27, 0, 0);
        double first = told(account, 0, known, 500);
        double second = told(account, CAP, known, 500);
        double tomorrow = told(account, 0, known, 501);
        double late = told(account, CAP, known, 500);

        assertThat(first).isPositive();
        assertThat(second).isEqualTo(first);
        assertThat(tomorrow).as("learned from today").isNotEqualTo(first);
        assertThat(late).isEqualTo(first);
        for (int day = 502; day < 600; day++) {
            told(account, 0, known, day);
        }
        assertThat(account.weights()).hasSize(32);
        assertThat(told(account, 0, known, 500))
                .as("too late: as the oldest day")
                .isEqualTo(told(account, 0, known, 568));
    }

    @Test
    void shouldEstimateThePlainDifferenceWhereAllAreToldOfAtOnceAndBuyersLast() {
        UpliftAccount account = new UpliftAccount();
        account.open(1, Accounts.halves());
        Covariates known = new Covariates(0, 0, 1, 0, 27, 0, 0);
        for (int bought = 0; bought < 2; bought++) {
            for (int user = 0; user < 4_000; user++) {
                // Half of the treated buy, and a quarter of the others.
                boolean buys = user % 4 == 0 || user % 8 == 1;
                if (buys == (bought == 1)) {
                    String arm = user % 2 == 0 ? TREATMENT : HOLDOUT;
                    account.enter(1, arm);
                    account.predicted(new UserObservation(arm, 1, bought * CAP, 0), known, CAP, 1);
                }
            }
        }
        assertThat(UpliftReport.of(account, UpliftSettings.standard(), Role.PRIMARY, Long.MAX_VALUE)
                        .comparison(TREATMENT, HOLDOUT)
                        .estimate()
                        .difference())
                .isCloseTo(0.25 * CAP, within(1e-9));
    }

    private static double told(UpliftAccount account, double response, Covariates known, long day) {
        return account.predicted(new UserObservation(HOLDOUT, 1, response, 0), known, CAP, day)
                .covariate();
    }

    private static UpliftAccount account(long seed, int users) {
        UpliftAccount account = new UpliftAccount();
        account.open(1, Accounts.halves());
        for (int user = 0; user < users; user++) {
            add(account, seed, user);
        }
        return account;
    }

    /** A shopper who viewed 0 to 9 things, and pays as much and a random amount of the same spread. */
    private static void add(UpliftAccount account, long seed, int user) {
        Random draws = new Random(seed * 1_000_003 + user);
        int views = draws.nextInt(10);
        String arm = draws.nextBoolean() ? TREATMENT : HOLDOUT;
        account.enter(1, arm);
        double response = 10 * Math.log1p(views) + 10 * Math.log1p(draws.nextInt(10));
        account.predicted(
                new UserObservation(arm, 1, response, 0), new Covariates(0, 0, views, 0, 27, 0, 0), CAP, user);
    }
}
