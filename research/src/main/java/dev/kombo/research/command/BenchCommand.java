package dev.kombo.research.command;

import dev.kombo.config.ApiSettings;
import dev.kombo.config.ServiceSettings;
import dev.kombo.console.StopSignal;
import dev.kombo.research.bench.Bench;
import dev.kombo.research.bench.BenchParts;
import dev.kombo.research.bench.BenchSettings;
import dev.kombo.research.bench.BuiltVersion;
import dev.kombo.research.bench.VersionBench;
import dev.kombo.settings.Setting;
import dev.kombo.shop.JsonFile;
import dev.kombo.shop.command.DataFolder;
import dev.kombo.shop.command.SummaryCommand;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Benchmarks the whole service through Kafka. */
@Command(
        name = "bench",
        description = {
            "Measures the cost per event of the whole service, through Kafka.",
            "",
            "Starts a broker and the service in Java processes of their own, publishes a catalogue, and lets the"
                    + " service process batches of events until nothing is left to read. After each batch a plain Kafka"
                    + " Streams application (C3) processes the same events: one get and put of 700 bytes in RocksDB with a"
                    + " changelog and one output of 340 bytes, exactly once. Processor times are those of the processes,"
                    + " so other work on the machine matters little; events/s and latencies need a quiet machine.",
            "",
            "With --against, compares this version of Kombo with another one instead of C3. A batch is processed as"
                    + " fast as possible, which saves more than a live shop does: --latency measures at its pace.",
            "",
            "Prints a line for each measurement, and all figures as JSON, unless --summary names a file for them.",
            "",
            "Fails if an event is rejected, a shopper is flagged as a robot, the service logs an"
                    + " error, or offers are missing."
        })
final class BenchCommand extends SummaryCommand {
    /** Settings that the bench chooses itself. */
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
            description = "Folder for all data, wiped first; default ${DEFAULT-VALUE}.")
    private Path data;

    @Override
    protected void run(PrintWriter out) throws Exception {
        settings.refuse("bench chooses %s itself", OWN);
        Map<String, String> overrides = settings.gather(
                options.threads == null
                        ? Map.of()
                        : Map.of(ServiceSettings.STREAM_THREADS.name(), options.threads.toString()));
        BenchSettings asked = options.settings(overrides);
        Measurement measurement = measurement(asked, out::println);
        try (StopSignal stop = StopSignal.install();
                DataFolder folder = DataFolder.take(data, true)) {
            Object figures = stop.interruptibly(() -> measurement.figures(folder.path()));
            summarise(figures);
            if (!summarises()) {
                out.println(JsonFile.text(figures));
            }
        }
    }

    /** Checks the options before anything begins. */
    private Measurement measurement(BenchSettings asked, Consumer<String> progress) {
        BenchParts parts = options.parts();
        if (options.comparesVersions()) {
            BuiltVersion other = BuiltVersion.at(options.against());
            return folder -> new VersionBench(asked, parts, other, folder, progress).run();
        }
        return folder -> new Bench(asked, parts, folder, progress).run();
    }

    /** Makes all measurements that were asked for. */
    private interface Measurement {
        /** @param folder an empty folder for all data */
        Object figures(Path folder) throws Exception;
    }
}
