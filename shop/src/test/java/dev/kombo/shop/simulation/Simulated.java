package dev.kombo.shop.simulation;

import dev.kombo.config.KomboConfig;
import dev.kombo.engine.EngineSettings;
import dev.kombo.schema.OfferObjective;
import dev.kombo.shop.simulation.SimulationSettings.BasketKind;
import java.util.Map;

/** Small simulations for tests. */
final class Simulated {
    private Simulated() {}

    static SimulationSettings settings(long seed, int users, int days, double acceptance) {
        return new SimulationSettings(
                seed,
                users,
                days,
                days / 6,
                acceptance,
                BasketKind.SMALL,
                Timetable.fast(),
                WorldVariant.STANDARD,
                false);
    }

    static EngineSettings engine(long seed) {
        return new EngineSettings(KomboConfig.of(SimulationRun.serviceSettings(Map.of())), seed);
    }

    static SimulationResult inProcess(SimulationSettings settings) throws InterruptedException {
        return new SimulationRun(
                        settings, SimulationStrategy.standard(OfferObjective.REVENUE, settings.experimentStart()))
                .run(engine(settings.seed()), (done, all) -> {});
    }
}
