package dev.kombo.lab.command;

import dev.kombo.cli.CommandException;
import dev.kombo.lab.quality.live.LiveRun;
import dev.kombo.lab.quality.protocol.Progress;
import dev.kombo.lab.quality.protocol.SeedResult;
import dev.kombo.lab.quality.protocol.SeededSettings;
import dev.kombo.lab.quality.protocol.ServiceTrial;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Option;

/** Options of an evaluation through an embedded broker; a group, so that none can be given without the first. */
final class ThroughKafkaOptions {
    @Option(
            names = "--through-kafka",
            required = true,
            description = "Run the service on an embedded broker instead of its classes in memory; youshu only."
                    + " Input is sent at the pace of the service; seeds run one after the other.")
    private boolean unused;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = "4",
            description = "With --through-kafka: partitions of the topics; default 4.")
    private int partitions;

    @Option(
            names = "--instances",
            paramLabel = "N",
            defaultValue = "2",
            description = "With --through-kafka: instances of the service; default 2.")
    private int instances;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = ".kombo/evaluate",
            description =
                    "With --through-kafka: folder of the broker, wiped before each seed; default .kombo/evaluate.")
    private Path data;

    /** Rejects numbers out of range. */
    void check() {
        OptionChecks.within("--partitions", partitions, 1, 64);
        OptionChecks.within("--instances", instances, 1, 8);
    }

    int partitions() {
        return partitions;
    }

    /** Returns these options as written on a command line, as far as they affect the figures. */
    String written() {
        return " --through-kafka --partitions " + partitions + " --instances " + instances;
    }

    /**
     * Runs a seed on an installation of its own: a broker and a registry in this process, on a wiped folder.
     *
     * @param given settings of the service
     */
    SeedResult run(ServiceTrial trial, Map<String, String> given, long seed, Progress progress)
            throws InterruptedException {
        Map<String, String> settings = LiveRun.settings(SeededSettings.of(given, seed), partitions);
        DataFolder folder = DataFolder.take(data, true);
        LogFile log = LogFile.open(folder.log());
        try (log;
                EmbeddedStack stack = EmbeddedStack.start(folder, settings)) {
            return new LiveRun(trial, instances, stack.settings()).run(seed, progress);
        } catch (IllegalStateException | CommandException e) {
            throw CommandException.failure(e.getMessage() + "; the log is in " + folder.log(), e);
        }
    }
}
