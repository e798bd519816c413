package dev.kombo.experiment.uplift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.attribution.Outcome;
import dev.kombo.attribution.Shopper;
import dev.kombo.experiment.DecisionRule;
import dev.kombo.experiment.Enrollment;
import dev.kombo.experiment.MaturedMeasure;
import dev.kombo.experiment.Measure;
import dev.kombo.experiment.uplift.StratumAccount.StratumArm;
import dev.kombo.experiment.uplift.UpliftAccount.UserObservation;
import dev.kombo.math.StableHash;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Properties of the observations of an experiment. */
class ExperimentUpliftPropertyTest {
    private static final long CAP = 500;
    private static final List<String> CURRENCIES = List.of("EUR", "GBP", "USD");

    /** One shopper's seven days: an amount in each of some currencies. */
    private record Week(String arm, List<MaturedMeasure.Value> values) {}

    @Property(tries = 100, seed = "20")
    void shouldHoldEachShopperOnceInEachCurrencyWheneverItIsFirstSeen(
            @ForAll @IntRange(min = 1, max = 60) int shoppers, @ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
        List<Week> weeks = new ArrayList<>();
        for (int i = 0; i < shoppers; i++) {
            weeks.add(week(seed, i));
        }
        ExperimentUplift uplift = new ExperimentUplift();
        weeks.forEach(week -> report(uplift, week));

        for (String currency : CURRENCIES) {
            UpliftAccount account = uplift.accounts().get(new ExperimentUplift.Key(Measure.REVENUE_7D, currency));
            if (weeks.stream().noneMatch(week -> valueIn(week, currency) != null)) {
                assertThat(account).isNull();
                continue;
            }
            UpliftAccount expected = new UpliftAccount();
            for (Week week : weeks) {
                MaturedMeasure.Value value = valueIn(week, currency);
                expected.add(new UserObservation(
                        week.arm(),
                        1,
                        value == null ? 0 : Math.max(-CAP, Math.min(CAP, value.response())),
                        value == null ? 0 : Math.max(-CAP, Math.min(CAP, value.covariate()))));
            }
            assertSame(account, expected);
        }
    }

    private static void assertSame(UpliftAccount account, UpliftAccount expected) {
        for (StratumArm arm : expected.strata().iterator().next().arms()) {
            StratumArm found = account.strata().iterator().next().arm(arm.name());
            ArmMoments moments = found.moments();
            assertThat(found.entered()).isEqualTo(moments.count());
            assertThat(moments.count()).isEqualTo(arm.moments().count());
            assertThat(moments.responseMean()).isCloseTo(arm.moments().responseMean(), within(1e-6));
            assertThat(moments.responseSquares()).isCloseTo(arm.moments().responseSquares(), within(1e-3));
            assertThat(moments.covariateSquares()).isCloseTo(arm.moments().covariateSquares(), within(1e-3));
            assertThat(moments.products()).isCloseTo(arm.moments().products(), within(1e-3));
        }
    }

    private static void report(ExperimentUplift uplift, Week week) {
        Enrollment enrollment = new Enrollment("e", week.arm(), 1, 0);
        Shopper shopper = new Shopper("user", null);
        assertThat(Outcome.entered(shopper, enrollment, Accounts.halves(), DecisionRule.STANDARD, "e1")
                        .addTo(uplift, CAP))
                .isTrue();
        assertThat(Outcome.matured(
                                shopper, enrollment, new MaturedMeasure("revenue7d", week.values(), null, List.of()), 1)
                        .addTo(uplift, CAP))
                .isTrue();
    }

    private static MaturedMeasure.Value valueIn(Week week, String currency) {
        return week.values().stream()
                .filter(value -> value.currency().equals(currency))
                .findFirst()
                .orElse(null);
    }

    private static Week week(long seed, int number) {
        long draw = StableHash.combine(seed, number);
        List<MaturedMeasure.Value> values = new ArrayList<>();
        for (String currency : CURRENCIES) {
            long hash = StableHash.combine(draw, StableHash.of(currency));
            if (StableHash.unit(hash) < 0.3) {
                values.add(
                        new MaturedMeasure.Value(currency, Math.floorMod(hash, 1400) - 700, Math.floorMod(hash, 900)));
            }
        }
        return new Week(StableHash.unit(draw) < 0.5 ? Accounts.HOLDOUT : Accounts.TREATMENT, values);
    }
}
