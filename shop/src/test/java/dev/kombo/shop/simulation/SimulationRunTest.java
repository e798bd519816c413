package dev.kombo.shop.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.experiment.OfferPolicy;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.ranking.PredictedConversions.Decile;
import dev.kombo.schema.OfferObjective;
import dev.kombo.serde.StrategyMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Whole simulations in process: a shop in which offers are taken often, so that a small one has much to account for.
 */
@Timeout(120)
class SimulationRunTest {
    private static final SimulationSettings SETTINGS = Simulated.settings(3, 400, 60, 0.06);

    private static SimulationResult result;

    @BeforeAll
    static void run() throws InterruptedException {
        result = Simulated.inProcess(SETTINGS);
    }

    @Test
    void shouldRepeatBitForBit() throws InterruptedException {
        SimulationSettings few = Simulated.settings(3, 120, 40, 0.06);
        SimulationResult once = Simulated.inProcess(few);
        SimulationResult again = Simulated.inProcess(few);

        assertThat(again).usingRecursiveComparison().ignoringFields("seconds").isEqualTo(once);
        assertThat(once.counts().get("conversions")).isPositive();
        assertThat(Simulated.inProcess(few.withSeed(4)).counts()).isNotEqualTo(once.counts());
    }

    @Test
    void shouldBringInNothingFromWhomNothingIsOffered() {
        SimulationResult.ArmResult holdout = result.arms().get("holdout");

        assertThat(holdout.counted().offers()).isZero();
        assertThat(holdout.money().revenueMinor())
                .isEqualTo(holdout.money().withoutOffersMinor())
                .isPositive();
        assertThat(result.arms().get("popularity").money().revenueMinor())
                .isNotEqualTo(result.arms().get("popularity").money().withoutOffersMinor());
    }

    @Test
    void shouldFindInTheReportWhatWasPaidAndAnswered() {
        assertThat(result.arms().keySet()).containsExactly("holdout", "popularity", "treatment");
        result.arms().forEach((name, arm) -> {
            ServiceReport.ArmTotals counted = arm.counted();
            ServiceReport.ArmTotals reported = arm.reported();
            assertThat(reported.revenueMinor())
                    .as(name)
                    .isEqualTo(counted.revenueMinor())
                    .isEqualTo(arm.money().revenueMinor());
            assertThat(reported.users()).isEqualTo(counted.users()).isPositive();
            assertThat(reported.offers()).isEqualTo(counted.offers());
            assertThat(reported.impressions()).isEqualTo(counted.impressions());
            assertThat(reported.clicks()).isEqualTo(counted.clicks());
            assertThat(reported.clickedOffers()).isEqualTo(counted.clickedOffers());
            assertThat(reported.purchases()).isEqualTo(counted.purchases());
            // Those whose members were bought one by one convert, too.
            assertThat(reported.conversions()).isGreaterThanOrEqualTo(counted.conversions());
        });
        assertThat(result.counts().get("conversions")).isGreaterThan(40);
    }

    @Test
    void shouldCompareWhatWasPredictedWithWhatWasBought() {
        List<Decile> conversions = result.conversions();
        assertThat(conversions).hasSize(10);
        assertThat(conversions).extracting(Decile::predicted).isSorted();
        double bought = conversions.stream()
                .mapToDouble(decile -> decile.bundles() * decile.bought())
                .sum();
        double reported = result.arms().values().stream()
                .mapToLong(arm -> arm.reported().conversions())
                .sum();
        // Those whose members were bought one by one are not certain to have come through an offer.
        assertThat(bought / reported).isBetween(0.9, 1.0);
        assertThat(result.uplifts().calibrationError()).isBetween(0.0, 0.02);
    }

    @Test
    void shouldLetTheOracleBeatPopularity() {
        assertThat(result.uplifts().oracleUplift())
                .isGreaterThan(2 * Math.max(0, result.uplifts().popularityUplift()));
        assertThat(result.uplifts().oracleUplift())
                .isGreaterThan(result.uplifts().trueUplift());
    }

    @Test
    void shouldSayThatItIsTooEarlyWhereFewUsersWereObserved() {
        assertThat(result.uplifts().reportedUplift())
                .isEqualTo(new SimulationResult.Reported(null, null, null, "TOO_EARLY"));
    }

    /**
     * The same shoppers with a service that offers nothing: all do what they would do anyway, whatever else is in the
     * shop.
     */
    @Test
    void shouldLeaveEverybodyAloneWithoutOffers() throws InterruptedException {
        List<Integer> published = new ArrayList<>();
        Simulation simulation = new Simulation(new SimulatedWorld(SETTINGS), (session, slate, step, time) -> {});
        simulation.run(
                events -> {
                    published.add(events.size());
                    return List.of();
                },
                (done, all) -> {},
                Long.MIN_VALUE);

        Map<String, ServiceReport.Entry> everybody = new HashMap<>();
        for (SimulatedShopper shopper : simulation.shoppers()) {
            TruthAccount.Payments money =
                    simulation.truth().user(shopper.userId()).money(0, Long.MAX_VALUE);
            assertThat(money.revenueMinor()).isEqualTo(money.withoutOffersMinor());
            everybody.put(shopper.userId(), new ServiceReport.Entry("all", 0));
        }
        assertThat(simulation.truth().money(everybody, "all", Long.MAX_VALUE).withoutOffersMinor())
                .isPositive();
        assertThat(published.stream().mapToInt(Integer::intValue).sum()).isEqualTo((int) simulation.events());
    }

    @Test
    void shouldRunTheExperimentThatTheObjectiveNames() {
        StrategyPlan plan = StrategyMapper.PLANS.toDomain(
                SimulationStrategy.standard(OfferObjective.MARGIN, SETTINGS.experimentStart()));
        assertThat(plan.problems()).isEmpty();
        assertThat(plan.arm("treatment").policy()).isEqualTo(OfferPolicy.of(OfferPolicy.Objective.MARGIN));
        assertThat(plan.startsAt()).isEqualTo(Timetable.fast().day(10));
    }
}
