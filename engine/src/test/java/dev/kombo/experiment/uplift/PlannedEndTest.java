package dev.kombo.experiment.uplift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.experiment.DecisionRule;
import dev.kombo.experiment.MaturedMeasure;
import dev.kombo.experiment.Measure;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.experiment.uplift.Advice.Decision;
import dev.kombo.experiment.uplift.Comparison.Spending;
import dev.kombo.experiment.uplift.Comparison.Verdict;
import dev.kombo.math.StableHash;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PlannedEndTest {
    private static final int PLANNED = 1200;
    private static final long DAY = TimeUnit.DAYS.toMillis(1);
    private static final DecisionRule RULE = new DecisionRule("revenue28d", PLANNED);
    private static final ExperimentUplift.Key KEY = new ExperimentUplift.Key(Measure.REVENUE_28D, "EUR");
    private static final StrategyPlan PLAN = new StrategyPlan(1, "s", Accounts.halves(), 0, 1);

    @Test
    void shouldSpendHalfOfTheErrorBeforeTheEndAndTheOtherHalfAtIt() {
        ExperimentUplift uplift = new ExperimentUplift();
        observe(uplift, 1, 0, PLANNED - 1, 10);
        Comparison before = comparison(uplift);

        assertThat(before.part().spending()).isEqualTo(Spending.BEFORE_END);
        assertThat(standardErrors(before))
                .isCloseTo(
                        new ConfidenceSequence(0.025)
                                .multiplier(before.estimate().clock()),
                        within(1e-9));
        assertThat(before.moreUsers()).hasValue(1);

        observe(uplift, 1, PLANNED - 1, PLANNED, 10);
        assertThat(comparison(uplift).part().spending())
                .as("others of the day may follow")
                .isEqualTo(Spending.BEFORE_END);
        assertThat(comparison(uplift).moreUsers()).hasValue(1);
        nextDay(uplift);
        Comparison end = comparison(uplift);
        assertThat(end.part().spending()).isEqualTo(Spending.AT_END);
        // The 1 - 0.025 / 2 quantile of the standard normal distribution.
        assertThat(standardErrors(end)).isCloseTo(2.2414, within(1e-4));
        assertThat(end.moreUsers()).isEmpty();
        assertThat(Advice.of(PLAN, uplift, 100)).satisfies(advice -> {
            assertThat(advice.decision()).isEqualTo(Decision.INCONCLUSIVE);
            assertThat(advice.sentence())
                    .startsWith("end the experiment: the planned end was reached without a verdict: revenue28d ");
        });
    }

    @Test
    void shouldCompareNobodyAfterTheEnd() {
        ExperimentUplift uplift = new ExperimentUplift();
        observe(uplift, 2, 0, PLANNED, 10);
        nextDay(uplift);
        Comparison end = comparison(uplift);

        observe(uplift, 2, PLANNED + 60, PLANNED + 560, 20);

        assertThat(comparison(uplift)).isEqualTo(end);
        long later = (dayOf(PLANNED) + 5) * DAY;
        uplift.mature(1, Accounts.TREATMENT, new MaturedMeasure("revenue7d", paid(3)), later, 1_000);
        assertThat(uplift.accounts()
                        .get(new ExperimentUplift.Key(Measure.REVENUE_7D, "EUR"))
                        .observed())
                .as("guardrails may be on other measures, which go on")
                .isEqualTo(1);
    }

    @Test
    void shouldCompareTheSameUsersInWhateverOrderThoseOfTheLastDayAreToldOf() {
        // The last day has 120 users, of whom 60 are missing when the end is reached.
        int users = PLANNED + 60;
        ExperimentUplift forward = new ExperimentUplift();
        observe(forward, 3, 0, users, 12);
        ExperimentUplift backward = new ExperimentUplift();
        observe(backward, 3, 0, PLANNED - 60, 12);
        for (int user = users - 1; user >= PLANNED - 60; user--) {
            add(backward, 3, user, 12);
            if (user == PLANNED) {
                nextDay(backward);
            }
        }
        nextDay(forward);

        assertThat(forward.accounts().get(KEY).observed()).isEqualTo(users);
        assertThat(backward.accounts().get(KEY).observed()).isEqualTo(users);
        assertThat(comparison(backward).estimate().difference())
                .isCloseTo(comparison(forward).estimate().difference(), within(1e-9));
        observe(forward, 3, users, users + 200, 20);
        assertThat(forward.accounts().get(KEY).observed()).isEqualTo(users);
    }

    @Test
    void shouldFindAtTheEndWhatLooksAtAllTimesMostlyDoNotFind() {
        int atEnd = 0;
        int atAllTimes = 0;
        for (int stream = 1000; stream < 1040; stream++) {
            ExperimentUplift planned = new ExperimentUplift();
            observe(planned, stream, 0, PLANNED, 10.8);
            nextDay(planned);
            ExperimentUplift open = new ExperimentUplift();
            open.ruled(DecisionRule.STANDARD);
            for (int user = 0; user < PLANNED; user++) {
                add(open, stream, user, 10.8);
            }
            if (comparison(planned).verdict() == Verdict.WINNING) {
                atEnd++;
                assertThat(Advice.of(PLAN, planned, 100).decision()).isEqualTo(Decision.SHIP);
            }
            atAllTimes += comparison(open).verdict() == Verdict.WINNING ? 1 : 0;
        }
        // 2.6 standard errors on average, where 2.2 and 3.0 are needed.
        assertThat(atEnd).isGreaterThan(atAllTimes + 6).isBetween(20, 34);
    }

    @Test
    void shouldMissNoMoreOftenThanStatedBeforeTheEndAndAtItTogether() {
        int runs = 400;
        int missed = 0;
        int atEnd = 0;
        for (int run = 0; run < runs; run++) {
            ExperimentUplift uplift = new ExperimentUplift();
            boolean ever = false;
            for (int user = 0; user < PLANNED; user += 20) {
                observe(uplift, 100 + run, user, user + 20, 10);
                if (user + 20 == PLANNED) {
                    nextDay(uplift);
                }
                Comparison reported = comparison(uplift);
                boolean misses =
                        reported.difference() != null && !reported.difference().contains(0);
                ever |= misses;
                atEnd += misses && reported.part().spending() == Spending.AT_END ? 1 : 0;
            }
            missed += ever ? 1 : 0;
        }
        assertThat(missed).as("of 400, where 20 are allowed").isLessThanOrEqualTo(20);
        assertThat(atEnd).as("about half of the error is spent there").isBetween(3, 20);
    }

    private static double standardErrors(Comparison comparison) {
        return (comparison.difference().high() - comparison.estimate().difference())
                / Math.sqrt(comparison.estimate().differenceVariance());
    }

    private static Comparison comparison(ExperimentUplift uplift) {
        return uplift.report(Measure.REVENUE_28D, uplift.accounts().get(KEY))
                .comparison(Accounts.TREATMENT, Accounts.HOLDOUT);
    }

    /** Users who pay 10 on average in the holdout, and another mean in the treatment. */
    private static void observe(ExperimentUplift uplift, long stream, int from, int to, double treated) {
        if (from == 0) {
            uplift.ruled(RULE);
        }
        for (int user = from; user < to; user++) {
            add(uplift, stream, user, treated);
        }
    }

    private static void add(ExperimentUplift uplift, long stream, int user, double treated) {
        String arm = StableHash.unit(StableHash.combine(-stream, user)) < 0.5 ? Accounts.HOLDOUT : Accounts.TREATMENT;
        DecisionRule rule = uplift.rule();
        uplift.enter(1, arm, Accounts.halves(), rule);
        double mean = arm.equals(Accounts.HOLDOUT) ? 10 : treated;
        uplift.mature(
                1,
                arm,
                new MaturedMeasure(
                        Measure.REVENUE_28D.label(),
                        paid(mean * Math.exp(0.5 * Accounts.gaussian(stream, user) - 0.125))),
                dayOf(user) * DAY,
                1_000);
    }

    /** The day on which a user's window ends: 60 users a day, twice as many on the last day that counts. */
    private static long dayOf(int user) {
        long day = user / 60;
        return 100L + (day == PLANNED / 60 ? day - 1 : day);
    }

    /** Tells of another measure on the day after the last that counts. */
    private static void nextDay(ExperimentUplift uplift) {
        long time = (dayOf(PLANNED) + 1) * DAY;
        uplift.mature(1, Accounts.TREATMENT, new MaturedMeasure("revenue1d", paid(3)), time, 1_000);
    }

    private static List<MaturedMeasure.Value> paid(double amount) {
        return List.of(new MaturedMeasure.Value("EUR", amount, 0));
    }
}
