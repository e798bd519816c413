package dev.kombo.shop.command;

import dev.kombo.config.KomboConfig;
import dev.kombo.engine.EngineSettings;
import dev.kombo.schema.Strategy;
import dev.kombo.shop.simulation.SimulationResult;
import dev.kombo.shop.simulation.SimulationRun;
import dev.kombo.shop.simulation.SimulationSettings;
import dev.kombo.shop.simulation.SimulationSummary;
import dev.kombo.shop.simulation.SimulationText;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Simulates the same shoppers with and without offers, and reports what the offers were worth. */
@Command(
        name = "simulate",
        description =
                "Simulates the same shoppers with and without offers, and reports what the offers were" + " worth.")
final class SimulateCommand extends SummaryCommand {
    @Mixin
    private final SimulationOptions simulation = new SimulationOptions();

    @Mixin
    private final SeedRuns runs = new SeedRuns();

    @Override
    protected void run(PrintWriter out) throws Exception {
        Map<String, String> given = settings.gather(Map.of());
        SimulationSettings first = simulation.settings();
        Strategy strategy = simulation.strategy(first);
        List<SimulationResult> results = runs.run(
                "simulate",
                "days",
                (seed, progress) -> {
                    Map<String, String> own = SimulationRun.serviceSettings(given);
                    return new SimulationRun(first.withSeed(seed), strategy)
                            .run(new EngineSettings(KomboConfig.of(own), seed), progress);
                },
                simulation.seeds());
        Map<String, String> asked = simulation.described(first);
        asked.putAll(new TreeMap<>(given));
        SimulationSummary figures = SimulationSummary.of(asked, results);
        out.println("\n" + SimulationText.of(figures).stripTrailing());
        summarise(figures);
    }
}
