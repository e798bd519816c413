package dev.kombo.lab.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.config.KomboConfig;
import dev.kombo.engine.EngineSettings;
import dev.kombo.engine.replay.ConversionDiagnosis;
import dev.kombo.engine.replay.ConversionDiagnosis.Decile;
import dev.kombo.engine.replay.ConversionDiagnosis.Spread;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.experiment.uplift.ArmMoments;
import dev.kombo.lab.simulation.SimulationSettings.BasketKind;
import dev.kombo.schema.OfferObjective;
import dev.kombo.schema.Strategy;
import dev.kombo.serde.StrategyMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConversionDiagnosisTest {
    private static final SimulationSettings SETTINGS = new SimulationSettings(
            1, 500, 60, 10, 0.05, BasketKind.SMALL, Timetable.fast(), WorldVariant.STANDARD, false);

    /** Deciles in which shoppers pay 10 more from one to the next, and offers add an amount. */
    private static List<Decile> deciles(double each, double more) {
        List<Decile> deciles = new ArrayList<>();
        for (int d = 0; d < 10; d++) {
            ArmMoments treated = ArmMoments.NONE;
            ArmMoments held = ArmMoments.NONE;
            for (int shopper = 0; shopper < 100; shopper++) {
                double chance = shopper % 2 == 0 ? 1 : -1;
                treated = treated.plus(10 * d + each + more * d + chance, 0);
                held = held.plus(10 * d + chance, 0);
            }
            deciles.add(new Decile(treated, held));
        }
        return deciles;
    }

    private static ConversionDiagnosis simulated() throws InterruptedException {
        SimulatedWorld world = new SimulatedWorld(SETTINGS);
        Strategy strategy = SimulationStrategy.standard(OfferObjective.REVENUE, SETTINGS.experimentStart());
        strategy.setDecisionSamplingRate(1);
        StrategyPlan plan = StrategyMapper.PLANS.toDomain(strategy);
        InProcessService service = new InProcessService(
                new EngineSettings(KomboConfig.of(SimulationRun.serviceSettings(Map.of()))), plan, world);
        new Simulation(world, (session, slate, step, time) -> {}).run(service, (position, size) -> {}, Long.MIN_VALUE);
        return service.diagnosis();
    }

    @Test
    void shouldSayHowOftenBundlesWereBoughtAndWhatBothArmsPaidWhenDecisionsOfBothAreLogged() throws Exception {
        ConversionDiagnosis diagnosis = simulated();
        List<Decile> bundles = diagnosis.bundles();
        List<Decile> shoppers = diagnosis.shoppers();

        assertThat(bundles).hasSize(10);
        assertThat(bundles)
                .extracting(decile -> decile.treated().covariateMean())
                .isSorted();
        assertThat(ConversionDiagnosis.calibrationError(bundles)).isBetween(0.0, 0.02);
        assertThat(shoppers).hasSize(10).allSatisfy(decile -> {
            assertThat(decile.treated().count()).isPositive();
            assertThat(decile.held().count()).isPositive();
        });
        assertThat(shoppers).extracting(decile -> decile.held().covariateMean()).isSorted();
        long held = shoppers.stream().mapToLong(decile -> decile.held().count()).sum();
        long treated =
                shoppers.stream().mapToLong(decile -> decile.treated().count()).sum();
        // A fifth is held out, and three fifths are treated.
        assertThat(held / (double) treated).isCloseTo(1 / 3.0, within(0.15));
    }

    @Test
    void shouldTellRiskFromEffectWhenOffersAddTheSameToEverybody() {
        Spread same = Spread.of(deciles(5, 0));

        assertThat(same.risk()).isCloseTo(1000 / 12.0 * 11, within(1.0));
        assertThat(same.effect()).isZero();
        assertThat(same.rise()).isCloseTo(0, within(2 * same.riseError()));
    }

    @Test
    void shouldFindARiseWhenOffersAddMoreToShoppersWithHigherRates() {
        Spread more = Spread.of(deciles(5, 2));

        assertThat(more.rise()).isCloseTo(10, within(1e-9));
        assertThat(more.riseError()).isLessThan(1);
        assertThat(more.effect()).isPositive();
    }
}
