package dev.kombo.experiment.uplift;

import static dev.kombo.experiment.uplift.Accounts.HOLDOUT;
import static dev.kombo.experiment.uplift.Accounts.TREATMENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.experiment.DecisionRule.Role;
import dev.kombo.experiment.uplift.ExperimentUplift.UpliftReport;
import dev.kombo.experiment.uplift.UpliftAccount.UserObservation;
import dev.kombo.math.StableHash;
import org.junit.jupiter.api.Test;

class PriorDifferenceTest {
    private static final int RUNS = 300;
    private static final int USERS = 3000;

    @Test
    void shouldHardlyEverAlarmWhenArmsWereAlike() {
        // Nothing but the assignment is drawn, so an effect is no alarm either.
        assertThat(alarms(0, 1.5)).as("of 300, where 3 are allowed").isLessThanOrEqualTo(5);
    }

    @Test
    void shouldAlarmWhenTheMostValuableUsersWereKeptOutOfAnArm() {
        assertThat(alarms(0.5, 1)).as("of 300").isGreaterThan(290);
    }

    @Test
    void shouldSayNothingWhereNothingWasExpected() {
        UpliftAccount account = new UpliftAccount();
        account.open(1, Accounts.halves());
        Accounts.addNormal(account, 1, HOLDOUT, 500, 10, 1);
        Accounts.addNormal(account, 1, TREATMENT, 500, 10, 2);

        Comparison comparison = compare(account);

        assertThat(comparison.prior()).isNull();
    }

    /**
     * Runs with an alarm at any look.
     *
     * @param movedShare of the holdout's best users who went to the treatment
     * @param effect factor on what users of the treatment pay
     */
    private static int alarms(double movedShare, double effect) {
        int alarms = 0;
        for (int run = 0; run < RUNS; run++) {
            UpliftAccount account = new UpliftAccount();
            account.open(1, Accounts.halves());
            boolean ever = false;
            for (int user = 0; user < USERS; user++) {
                double before = Math.exp(1.2 * Accounts.gaussian(run, user));
                boolean treated = StableHash.unit(StableHash.combine(-1 - run, user)) < 0.5
                        || (before > 2 && StableHash.unit(StableHash.combine(RUNS + run, user)) < movedShare);
                String arm = treated ? TREATMENT : HOLDOUT;
                account.enter(1, arm);
                account.add(new UserObservation(
                        arm, 1, before * (treated ? effect : 1) + Accounts.gaussian(user, run), before));
                Interval prior = user % 50 == 49 ? compare(account).prior() : null;
                ever |= prior != null && !prior.contains(0);
            }
            alarms += ever ? 1 : 0;
        }
        return alarms;
    }

    private static Comparison compare(UpliftAccount account) {
        return UpliftReport.of(account, UpliftSettings.standard(), Role.PRIMARY, Long.MAX_VALUE)
                .comparison(TREATMENT, HOLDOUT);
    }
}
