package dev.kombo.experiment.uplift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.experiment.Arm;
import dev.kombo.experiment.Covariates;
import dev.kombo.experiment.DecisionRule;
import dev.kombo.experiment.MaturedMeasure;
import dev.kombo.experiment.Measure;
import dev.kombo.experiment.uplift.Comparison.Verdict;
import dev.kombo.experiment.uplift.ExploredEffect.Kind;
import dev.kombo.experiment.uplift.UpliftAccount.UserObservation;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExploredEffectTest {
    private static final List<Arm> ARMS =
            List.of(new Arm("holdout", Arm.Kind.HOLDOUT, 0.5), new Arm("treatment", Arm.Kind.TREATMENT, 0.5));
    private static final int RUNS = 60;
    private static final int SHOPPERS = 60_000;
    private static final long WINDOW = Measure.REVENUE_28D.millis();
    private static final long ENTERED = Instant.parse("2026-01-07T12:00:00Z").toEpochMilli();

    private final Random random = new Random(29);

    @Test
    void shouldFlagAnEffectThatHalvesInFourteenDaysInHalfOfTheRunsAtLeast() {
        int fades = 0;
        for (int run = 0; run < RUNS; run++) {
            fades += noveltyOf(1.5, 1.25) == Verdict.LOSING ? 1 : 0;
        }
        assertThat(fades).isGreaterThanOrEqualTo(RUNS / 2);
    }

    @Test
    void shouldFlagNothingInNineteenOfTwentyRunsWhenTheEffectStays() {
        int flagged = 0;
        for (int run = 0; run < RUNS; run++) {
            flagged += noveltyOf(1, 1) == Verdict.UNDECIDED ? 0 : 1;
        }
        assertThat(flagged).isLessThanOrEqualTo(RUNS / 20);
    }

    /** The first verdict of late less early but UNDECIDED, at looks after each 2,000 shoppers. */
    private Verdict noveltyOf(double early, double late) {
        UpliftAccount account = new UpliftAccount();
        account.open(1, ARMS);
        ExperimentUplift uplift = new ExperimentUplift();
        uplift.restore(new ExperimentUplift.Key(Measure.REVENUE_LATE_LESS_EARLY, "EUR"), account);
        for (int i = 1; i <= SHOPPERS; i++) {
            boolean treated = i % 2 == 0;
            double activity = Math.exp(random.nextGaussian() - 0.5);
            double change = paid(activity * (treated ? late : 1)) - paid(activity * (treated ? early : 1));
            account.add(new UserObservation(treated ? "treatment" : "holdout", 1, change, 0));
            if (i % 2_000 == 0) {
                Verdict verdict = only(ExploredEffect.of(uplift), Kind.NOVELTY)
                        .comparison()
                        .verdict();
                if (verdict != Verdict.UNDECIDED) {
                    return verdict;
                }
            }
        }
        return Verdict.UNDECIDED;
    }

    /** What a shopper pays in a fortnight: a third of them on average once, for a log-normal basket. */
    private double paid(double activity) {
        double rest = random.nextDouble();
        double probability = Math.exp(-0.3 * activity);
        double paid = 0;
        for (int orders = 1; rest > probability; orders++) {
            rest -= probability;
            probability *= 0.3 * activity / orders;
            paid += 2_000 * Math.exp(0.8 * random.nextGaussian());
        }
        return Math.min(100_000, paid);
    }

    @Test
    void shouldTellNewcomersFromThoseWhoReturnAndWeeksFromEachOther() {
        ExperimentUplift uplift = new ExperimentUplift();
        for (int i = 0; i < 2_400; i++) {
            String arm = i % 2 == 0 ? "treatment" : "holdout";
            boolean newcomer = i % 4 < 2;
            boolean second = i >= 1_200;
            uplift.enter(1, arm, ARMS, DecisionRule.STANDARD);
            double paid = (i % 50) + (i % 2 == 0 ? (newcomer ? 100 : 0) + (second ? 10 : 0) : 0);
            uplift.mature(
                    1,
                    arm,
                    new MaturedMeasure(
                            "revenue28d",
                            List.of(new MaturedMeasure.Value("EUR", paid, 0)),
                            new Covariates(0, 0, 0, 0, newcomer ? 0 : 5, 0, 0),
                            List.of()),
                    ENTERED + (second ? WINDOW / 4 : 0) + WINDOW,
                    100_000);
        }

        List<ExploredEffect> effects = ExploredEffect.of(uplift);
        assertThat(effects)
                .extracting(effect -> effect.kind() + " " + effect.name())
                .containsExactly(
                        "DAYS 1-28", "SEGMENT newcomers", "SEGMENT returning", "WEEK 2026-01-05", "WEEK 2026-01-12");
        assertThat(effects).extracting(ExploredEffect::currency).containsOnly("EUR");
        assertThat(difference(effects, 1)).isCloseTo(105, within(3.0));
        assertThat(difference(effects, 2)).isCloseTo(5, within(3.0));
        assertThat(difference(effects, 3)).isCloseTo(50, within(3.0));
        assertThat(difference(effects, 4)).isCloseTo(60, within(3.0));
        assertThat(effects.get(1).comparison().part().error())
                .as("two segments share the error")
                .isEqualTo(0.025);
        assertThat(effects).extracting(effect -> effect.comparison().verdict()).containsOnly(Verdict.EXPLORATORY);

        for (int i = 0; i < 1_000; i++) {
            uplift.enter(1, "holdout", ARMS, DecisionRule.STANDARD);
        }
        assertThat(ExploredEffect.of(uplift))
                .as("segments and weeks count nobody's assignment, the experiment does")
                .isEmpty();
    }

    @Test
    void shouldKeepTheLatestSixteenWeeks() {
        ExperimentUplift uplift = new ExperimentUplift();
        for (int week = 0; week < 20; week++) {
            uplift.enter(1, "holdout", ARMS, DecisionRule.STANDARD);
            uplift.mature(
                    1,
                    "holdout",
                    new MaturedMeasure("revenue28d", List.of()),
                    ENTERED + week * (WINDOW / 4) + WINDOW,
                    100_000);
        }
        assertThat(uplift.slices().accounts().keySet())
                .extracting(ShopperSlices.Key::name)
                .hasSize(16)
                .startsWith("2026-02-02");
    }

    private static double difference(List<ExploredEffect> effects, int index) {
        return effects.get(index).comparison().estimate().difference();
    }

    private static ExploredEffect only(List<ExploredEffect> effects, Kind kind) {
        return effects.stream()
                .filter(effect -> effect.kind() == kind)
                .findFirst()
                .orElseThrow();
    }
}
