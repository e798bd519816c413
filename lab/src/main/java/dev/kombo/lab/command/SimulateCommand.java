package dev.kombo.lab.command;

import dev.kombo.cli.CommandException;
import dev.kombo.cli.SettingsOptions;
import dev.kombo.cli.StopSignal;
import dev.kombo.config.KomboConfig;
import dev.kombo.lab.quality.protocol.SeededSettings;
import dev.kombo.lab.replay.ProgressDisplay;
import dev.kombo.lab.replay.SummaryFile;
import dev.kombo.lab.simulation.BasketKind;
import dev.kombo.lab.simulation.ShopStatistics;
import dev.kombo.lab.simulation.SimulationResult;
import dev.kombo.lab.simulation.SimulationRun;
import dev.kombo.lab.simulation.SimulationSettings;
import dev.kombo.lab.simulation.SimulationSummary;
import dev.kombo.lab.simulation.SimulationText;
import dev.kombo.topology.EngineSettings;
import dev.kombo.tracking.OfferObjective;
import dev.kombo.tracking.StrategyPlan;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Simulates a shop whose shoppers also live once without offers, and tells what the offers were worth. */
@Command(
        name = "simulate",
        description =
                "Simulates a shop whose shoppers also live once without offers, and tells what offers were worth.")
final class SimulateCommand implements Callable<Integer> {
    private static final int INTERRUPTED = 130;
    private static final int MOST_SEEDS = 100;
    private static final int MOST_USERS = 100_000;
    private static final int MOST_DAYS = 3_650;
    private static final int WARM_UP_PART = 6;

    @Option(names = "--users", paramLabel = "N", defaultValue = "3000", description = "Shoppers; default 3000.")
    private int users;

    @Option(names = "--days", paramLabel = "D", defaultValue = "240", description = "Days; default 240.")
    private int days;

    @Option(
            names = "--warm-up",
            paramLabel = "D",
            description = "Days before the experiment starts, without offers; default a sixth of all.")
    private Integer warmUp;

    @Option(names = "--seed", paramLabel = "S", defaultValue = "1", description = "Decides all draws; default 1.")
    private long seed;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "1",
            description = "Runs the seeds S to S+N-1; default 1.")
    private int seeds;

    @Option(
            names = "--acceptance",
            paramLabel = "P",
            defaultValue = "0.015",
            description = "Probability that a random slate, seen at an empty basket, sells a bundle; default 0.015.")
    private double acceptance;

    @Option(
            names = "--basket",
            paramLabel = "KIND",
            defaultValue = "small",
            description = "small: at most 3 lines; large: about 10. Default small.")
    private BasketKind basket;

    @Option(names = "--in-process", description = "Run the production classes without Kafka.")
    private boolean inProcess;

    @Option(
            names = "--objective",
            paramLabel = "NAME",
            defaultValue = "revenue",
            description =
                    "What the treatment's offers aim at: relevance, conversion, revenue or margin; default revenue.")
    private OfferObjective objective;

    @Option(names = "--summary", paramLabel = "FILE", description = "Write the figures as JSON.")
    private Path summary;

    @Option(names = "--no-progress", description = "Do not show how far it has come.")
    private boolean noProgress;

    @Mixin
    private final SettingsOptions settings;

    @Spec
    private CommandSpec spec;

    SimulateCommand(Map<String, String> environment) {
        this.settings = new SettingsOptions(environment);
    }

    @Override
    public Integer call() throws Exception {
        Map<String, String> given = settings.gather(Map.of());
        SimulationSettings simulated = simulated();
        Outputs.checkSummary(summary);
        PrintWriter out = spec.commandLine().getOut();
        List<SimulationResult> results = new ArrayList<>();
        try (StopSignal stop = StopSignal.install();
                ProgressDisplay display = Terminal.progress(noProgress, "simulate", "days")) {
            for (int s = 0; s < seeds; s++) {
                int done = s;
                long ownSeed = seed + s;
                SimulationSettings own = simulated.withSeed(ownSeed);
                stop.interruptibly(() -> results.add(run(
                        own,
                        SeededSettings.of(given, ownSeed),
                        (position, size) ->
                                display.update(done * size + position, seeds * size, done * size + position))));
            }
        } catch (InterruptedException e) {
            out.println("Stopped.");
            out.flush();
            return INTERRUPTED;
        }
        report(SimulationSummary.of(asked(given), results), out);
        return ExitCode.OK;
    }

    private SimulationResult run(
            SimulationSettings own, Map<String, String> given, dev.kombo.lab.quality.protocol.Progress progress)
            throws InterruptedException {
        StrategyPlan plan = own.strategy(objective);
        if (!inProcess) {
            throw CommandException.mistake("through Kafka: not there yet, give --in-process");
        }
        KomboConfig config = SettingsOptions.checked(SimulationRun.serviceSettings(given));
        return new SimulationRun(own, plan).inProcess(new EngineSettings(config), progress);
    }

    private SimulationSettings simulated() {
        require("--users", users, 1, MOST_USERS);
        require("--days", days, 2, MOST_DAYS);
        require("--seeds", seeds, 1, MOST_SEEDS);
        int warmUpDays = warmUp == null ? days / WARM_UP_PART : warmUp;
        require("--warm-up", warmUpDays, 0, days - 1);
        if (!(acceptance > 0 && acceptance <= 0.5)) {
            throw CommandException.mistake("--acceptance is " + acceptance + ", above 0 to 0.5 is expected");
        }
        return new SimulationSettings(seed, users, days, warmUpDays, acceptance, basket, ShopStatistics.builtIn());
    }

    private static void require(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw CommandException.mistake(option + " is " + value + ", " + least + " to " + most + " is expected");
        }
    }

    private Map<String, String> asked(Map<String, String> given) {
        Map<String, String> asked = new LinkedHashMap<>();
        asked.put("users", Integer.toString(users));
        asked.put("days", Integer.toString(days));
        asked.put("warmUp", Integer.toString(warmUp == null ? days / WARM_UP_PART : warmUp));
        asked.put("acceptance", Double.toString(acceptance));
        asked.put("basket", basket.name().toLowerCase(java.util.Locale.ROOT));
        asked.put("way", inProcess ? "in process" : "through Kafka");
        asked.put("objective", objective.name().toLowerCase(java.util.Locale.ROOT));
        asked.putAll(new TreeMap<>(given));
        return asked;
    }

    private void report(SimulationSummary figures, PrintWriter out) throws Exception {
        out.println();
        out.print(SimulationText.of(figures));
        out.flush();
        if (summary != null) {
            SummaryFile.write(summary, figures);
        }
    }
}
