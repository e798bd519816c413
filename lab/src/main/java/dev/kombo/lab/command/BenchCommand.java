package dev.kombo.lab.command;

import dev.kombo.cli.CommandException;
import dev.kombo.cli.SettingsOptions;
import dev.kombo.cli.StopSignal;
import dev.kombo.config.ApiSettings;
import dev.kombo.config.ServiceSettings;
import dev.kombo.lab.bench.Bench;
import dev.kombo.lab.bench.BenchPage;
import dev.kombo.lab.bench.BenchParts;
import dev.kombo.lab.bench.BenchSettings;
import dev.kombo.lab.bench.BenchSummary;
import dev.kombo.lab.data.JsonFile;
import dev.kombo.lab.kafka.BrokerStartException;
import dev.kombo.lab.replay.ReplayException;
import dev.kombo.settings.Setting;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures the whole service through Kafka. */
@Command(
        name = "bench",
        description = {
            "Measures what an event costs in the whole service, through Kafka.",
            "",
            "Starts a broker and the service in Java processes of their own, publishes a catalogue, and lets the service work"
                    + " off batches of events until nothing is left to read. After each batch a plain Kafka Streams"
                    + " application (C3) works off the same events: one get and put of 700 bytes in RocksDB with a changelog"
                    + " and one output of 340 bytes, exactly once. Processor times are those of the processes, so other work"
                    + " on the machine matters little; events/s and latencies want a quiet machine.",
            "",
            "Fails where an event is rejected, a shopper is taken for a robot, the service logs an error, or offers are"
                    + " missing."
        })
final class BenchCommand implements Callable<Integer> {
    private static final List<Setting<?>> OWN = List.of(
            ServiceSettings.BOOTSTRAP_SERVERS,
            ServiceSettings.REGISTRY_URL,
            ServiceSettings.STATE_DIR,
            ApiSettings.PORT);

    @Mixin
    private final BenchOptions options = new BenchOptions();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = ".kombo/bench",
            description = "Folder of all data, wiped before; default ${DEFAULT-VALUE}.")
    private Path data;

    @Option(names = "--summary", paramLabel = "FILE", description = "Write the figures as JSON.")
    private Path summary;

    @Option(
            names = "--page",
            paramLabel = "FILE.md",
            description = "Write the figures as Markdown, and a picture of them beside it.")
    private Path page;

    @Mixin
    private SettingsOptions settings;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Checks.output(summary, "--summary");
        Checks.output(page, "--page");
        Map<String, String> implied = new HashMap<>();
        if (options.threads != null) {
            implied.put(ServiceSettings.STREAM_THREADS.name(), options.threads.toString());
        }
        for (Setting<?> own : OWN) {
            if (settings.isOnCommandLine(own.name())) {
                throw CommandException.mistake("bench chooses " + own.name() + " itself");
            }
        }
        Map<String, String> overrides = settings.gather(implied);
        BenchSettings asked = options.settings(overrides);
        BenchParts parts = options.parts(overrides);
        PrintWriter out = spec.commandLine().getOut();
        try (StopSignal stop = StopSignal.install();
                DataFolder folder = DataFolder.take(data, true)) {
            BenchSummary figures = stop.interruptibly(() -> new Bench(asked, parts, folder.path(), line -> {
                        out.println(line);
                        out.flush();
                    })
                    .run());
            BenchPage words = new BenchPage(figures);
            out.println();
            out.print(words.markdown());
            out.flush();
            if (summary != null) {
                JsonFile.write(summary, figures);
            }
            if (page != null) {
                words.write(page);
            }
            return ExitCode.OK;
        } catch (ReplayException | BrokerStartException e) {
            throw CommandException.failure(e.getMessage(), e);
        } catch (InterruptedException e) {
            throw CommandException.failure("stopped", e);
        }
    }
}
