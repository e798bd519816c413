package dev.kombo.shop.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.experiment.Arm;
import dev.kombo.experiment.DecisionRule;
import dev.kombo.experiment.MaturedMeasure;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.experiment.uplift.SampleSize.Shares;
import dev.kombo.shop.plan.IntervalCoverage.Misses;
import dev.kombo.shop.plan.ShopPast.Observed;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class IntervalCoverageTest {
    private static final int SHOPPERS = 4_000;
    private static final int CAP = 1_000_000;
    private static final long HOUR = TimeUnit.HOURS.toMillis(1);
    private static final StrategyPlan HALVES = new StrategyPlan(
            1,
            "test",
            List.of(new Arm("holdout", Arm.Kind.HOLDOUT, 0.5), new Arm("treatment", Arm.Kind.TREATMENT, 0.5)),
            0,
            Long.MAX_VALUE);

    /** One shopper an hour, who pays about what was paid before. */
    private static ShopPast past() {
        Random random = new Random(1);
        List<Observed> shoppers = new ArrayList<>();
        for (int i = 0; i < SHOPPERS; i++) {
            double before = 1_000 * Math.exp(random.nextGaussian());
            double after = before * Math.exp(0.5 * random.nextGaussian());
            MaturedMeasure matured = new MaturedMeasure(
                    ShopPast.MEASURE.label(), List.of(new MaturedMeasure.Value("EUR", after, before)), null, List.of());
            shoppers.add(new Observed("shopper " + i, i * HOUR, i * HOUR + ShopPast.MEASURE.millis(), matured));
        }
        return new ShopPast(shoppers, "EUR", SHOPPERS / 24.0, false);
    }

    @Test
    void shouldMissSeldomAndKeepLittleVarianceWhenThePastPredicts() {
        List<Misses> misses = new IntervalCoverage(past(), HALVES).run(CAP, new int[] {250, SHOPPERS}, 40);

        assertThat(misses.get(0).judged()).isEqualTo(40);
        assertThat(misses.get(0).missed()).isLessThanOrEqualTo(2);
        assertThat(misses.get(0).varianceKept()).isBetween(0.2, 0.6);
        assertThat(misses.get(0).trusted()).isTrue();
        // No arm gets that many.
        assertThat(misses.get(1).judged()).isZero();
        assertThat(misses.get(1).trusted()).isFalse();
    }

    @Test
    void shouldMissSeldomWithAPlannedEnd() {
        StrategyPlan.Options options = new StrategyPlan.Options(
                null, new DecisionRule(ShopPast.MEASURE.label(), 2_000), null, null, null, List.of());
        StrategyPlan plan = new StrategyPlan(
                1, "test", HALVES.arms(), 0, Long.MAX_VALUE, StrategyPlan.Eligibility.EVERYWHERE, options);

        List<Misses> misses = new IntervalCoverage(past(), plan).run(CAP, new int[] {250, 1_200}, 40);

        assertThat(misses.get(0).judged()).isEqualTo(40);
        assertThat(misses.get(0).missed()).isLessThanOrEqualTo(4);
        // Arms of 2,000 shoppers would be past it, but those who come after the planned end do not count.
        assertThat(misses.get(1).judged()).isZero();
    }

    @Test
    void shouldSeeAnEffectInFourOfFiveExperimentsOnceThereAreAsManyShoppersAsPlanned() {
        ExperimentNeeds needs = ExperimentNeeds.of(past(), CAP, 0.5, 1, 0);
        Shares halves = new Shares(0.5, 0.5);
        double shoppers = needs.size().shoppers(0.2, halves);

        assertThat(needs.size().detectable(shoppers, halves)).isCloseTo(0.2, within(0.001));
        // A fixed sample of the same power needs (1.96 + .84)² 4 v / (m d)²; looking at will costs more.
        double fixed =
                2.8 * 2.8 * 4 * needs.size().variance() / Math.pow(needs.size().mean() * 0.2, 2);
        assertThat(shoppers).isBetween(1.5 * fixed, 2.5 * fixed);
        assertThat(needs.size().shoppers(0.2, new Shares(0.9, 0.1))).isGreaterThan(2 * shoppers);
        assertThat(needs.days(SHOPPERS)).isCloseTo(SHOPPERS / 24.0 + 28, within(0.1));
        assertThat(needs.days(SHOPPERS + 2_400)).isCloseTo(SHOPPERS / 24.0 + 128, within(1.0));
        assertThat(needs.observed(38)).isEqualTo(241);
    }

    @Test
    void shouldProposeACapThatTenShoppersExceed() {
        ShopPast past = past();

        assertThat(past.revenue().filter(revenue -> revenue > past.cap()).count())
                .isBetween(9L, 11L);
    }
}
