package dev.kombo.lab.command;

import dev.kombo.config.ApiSettings;
import dev.kombo.config.KomboConfig;
import dev.kombo.console.StopSignal;
import dev.kombo.engine.EngineSettings;
import dev.kombo.instance.CommandContext;
import dev.kombo.lab.kafka.LabClients;
import dev.kombo.lab.quality.protocol.SeedRunner;
import dev.kombo.lab.quality.protocol.SeededSettings;
import dev.kombo.lab.replay.ProgressDisplay;
import dev.kombo.lab.simulation.SimulationResult;
import dev.kombo.lab.simulation.SimulationRun;
import dev.kombo.lab.simulation.SimulationSettings;
import dev.kombo.lab.simulation.SimulationSummary;
import dev.kombo.lab.simulation.SimulationText;
import dev.kombo.schema.Strategy;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Simulates the same shoppers with and without offers, and reports what the offers were worth. */
@Command(
        name = "simulate",
        description =
                "Simulates the same shoppers with and without offers, and reports what the offers were" + " worth.")
final class SimulateCommand extends LabCommand {
    @Mixin
    private final SimulationOptions simulation = new SimulationOptions();

    @Option(
            names = "--in-process",
            description =
                    "Run the service's classes without Kafka; otherwise the service runs on an embedded" + " broker.")
    private boolean inProcess;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = ".kombo/simulate",
            description = "Folder of the broker, wiped before each seed; default ${DEFAULT-VALUE}.")
    private Path data;

    @Option(names = "--no-progress", description = "Hide the progress bar.")
    private boolean noProgress;

    private final CommandContext wiring;

    SimulateCommand(CommandContext wiring) {
        this.wiring = wiring;
    }

    @Override
    void run(PrintWriter out) throws Exception {
        Map<String, String> given = settings.gather(Map.of());
        SimulationSettings first = simulation.settings();
        Strategy strategy = simulation.strategy(first);
        List<SimulationResult> results;
        try (StopSignal stop = StopSignal.install();
                ProgressDisplay display = Terminal.progress(noProgress, "simulate", "days")) {
            results = inProcess
                    ? stop.interruptibly(() -> inProcess(first, strategy, given, display))
                    : throughKafka(first, strategy, given, display, stop);
        }
        SimulationSummary figures = SimulationSummary.of(asked(first, given), results);
        out.println("\n" + SimulationText.of(figures).stripTrailing());
        summarise(figures);
    }

    /** Runs all seeds, as many at once as there are processors. */
    private List<SimulationResult> inProcess(
            SimulationSettings first, Strategy strategy, Map<String, String> given, ProgressDisplay display)
            throws InterruptedException {
        SeedRunner runner = new SeedRunner(Runtime.getRuntime().availableProcessors(), display);
        return runner.run(
                (seed, progress) -> {
                    Map<String, String> own = SimulationRun.serviceSettings(SeededSettings.of(given, seed));
                    return new SimulationRun(first.withSeed(seed), strategy)
                            .inProcess(new EngineSettings(KomboConfig.of(own)), progress);
                },
                simulation.seeds());
    }

    /** Runs one seed after the other. */
    private List<SimulationResult> throughKafka(
            SimulationSettings first,
            Strategy strategy,
            Map<String, String> given,
            ProgressDisplay display,
            StopSignal stop)
            throws Exception {
        long all = (long) simulation.seeds().size() * first.days();
        List<SimulationResult> results = new ArrayList<>();
        for (long seed : simulation.seeds()) {
            long before = (long) results.size() * first.days();
            Map<String, String> own = SimulationRun.liveSettings(SeededSettings.of(given, seed));
            own.putIfAbsent(ApiSettings.PORT.name(), "0");
            SimulationRun run = new SimulationRun(first.withSeed(seed), strategy);
            try (EmbeddedRun embedded = EmbeddedRun.start(wiring, data, true, own, stop, run::publishShop);
                    LabClients clients = embedded.clients()) {
                spec.commandLine().getOut().println("Page: " + embedded.url());
                results.add(stop.interruptibly(() ->
                        run.throughKafka(clients, (done, days) -> display.update(before + done, all, before + done))));
            }
        }
        return results;
    }

    private Map<String, String> asked(SimulationSettings first, Map<String, String> given) {
        Map<String, String> asked = new LinkedHashMap<>();
        asked.put("mode", inProcess ? "in process" : "through Kafka");
        asked.putAll(simulation.described(first));
        asked.putAll(new TreeMap<>(given));
        return asked;
    }
}
