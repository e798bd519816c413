package dev.kombo.lab.command;

import dev.kombo.cli.CommandException;
import dev.kombo.cli.SettingsOptions;
import dev.kombo.cli.StopSignal;
import dev.kombo.cli.Wiring;
import dev.kombo.config.ApiSettings;
import dev.kombo.config.ServiceSettings;
import dev.kombo.lab.data.DataSetException;
import dev.kombo.lab.data.EventFormat;
import dev.kombo.lab.replay.ReplayException;
import dev.kombo.lab.replay.ReplaySpeed;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Publishes a file of real behaviour and accounts for each of its rows. */
@Command(
        name = "replay",
        description =
                "Publishes a file of real behaviour, waits until all of it is processed, and accounts for each row.")
final class ReplayCommand implements Callable<Integer> {
    private static final int INTERRUPTED = 130;

    @Option(
            names = "--format",
            required = true,
            paramLabel = "NAME",
            description = "online-retail, completejourney, taobao, youshu, bundlerec, or csv with --mapping.")
    private String format;

    @Option(names = "--file", required = true, paramLabel = "FILE", description = "The file, plain or gzip.")
    private Path file;

    @Option(names = "--mapping", paramLabel = "FILE", description = "Which columns mean what, for csv.")
    private Path mapping;

    @Option(names = "--embedded", description = "Run broker, registry and service in this process.")
    private boolean embedded;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "With --embedded: folder that keeps everything; default .kombo/replay.")
    private Path data;

    @Option(
            names = "--speed",
            paramLabel = "SPEED",
            defaultValue = "max",
            description = "max, or times real time such as 60x; default ${DEFAULT-VALUE}.")
    private String speed;

    @Option(names = "--continue", description = "Go on where an earlier replay of the file stopped; default: afresh.")
    private boolean resume;

    @Option(names = "--summary", paramLabel = "FILE", description = "Write the figures as JSON.")
    private Path summary;

    @Mixin
    private SettingsOptions settings;

    @Spec
    private CommandSpec spec;

    private final Wiring wiring;

    ReplayCommand(Wiring wiring) {
        this.wiring = wiring;
    }

    @Override
    public Integer call() throws Exception {
        EventFormat rows = mistake(() -> EventFormat.named(format, mapping));
        ReplaySpeed pace = mistake(() -> ReplaySpeed.parse(speed));
        checkFiles();
        Map<String, String> given = new HashMap<>(settings.gather(Map.of()));
        PrintWriter out = spec.commandLine().getOut();
        try (StopSignal stop = StopSignal.install()) {
            if (embedded) {
                // A demo or a service may have the usual port.
                given.putIfAbsent(ApiSettings.PORT.name(), "0");
                replayEmbedded(rows, pace, given, stop, out);
            } else {
                new Replay(SettingsOptions.checked(given), stop, out).run(rows, file, pace, resume, summary);
            }
            return ExitCode.OK;
        } catch (DataSetException | ReplayException e) {
            throw CommandException.failure(e.getMessage(), e);
        } catch (InterruptedException e) {
            out.println("Stopped; --continue goes on from here.");
            out.flush();
            return INTERRUPTED;
        }
    }

    private void replayEmbedded(
            EventFormat rows, ReplaySpeed pace, Map<String, String> given, StopSignal stop, PrintWriter out)
            throws Exception {
        Path folder = data == null ? Path.of(".kombo", "replay") : data;
        out.println("Starting broker, registry and service on " + folder + " ...");
        out.flush();
        try (EmbeddedRun run = EmbeddedRun.start(wiring, folder, !resume, given, stop)) {
            out.println("Page: " + run.url());
            out.println("Query API: " + run.url());
            out.println(run.addresses());
            out.flush();
            new Replay(run.config(), stop, out).run(rows, file, pace, resume, summary);
        }
    }

    private void checkFiles() {
        if (data != null && !embedded) {
            throw CommandException.mistake("--data needs --embedded");
        }
        for (String name : List.of(ServiceSettings.BOOTSTRAP_SERVERS.name(), ServiceSettings.REGISTRY_URL.name())) {
            if (embedded && settings.isOnCommandLine(name)) {
                throw CommandException.mistake("--embedded brings its own " + name + "; give one of them");
            }
        }
        if (!Files.isRegularFile(file)) {
            throw CommandException.mistake("no such file: " + file);
        }
        if (mapping != null && !Files.isRegularFile(mapping)) {
            throw CommandException.mistake("no such file: " + mapping);
        }
        Checks.output(summary, "--summary");
    }

    private static <T> T mistake(Supplier<T> parsed) {
        try {
            return parsed.get();
        } catch (DataSetException | ReplayException e) {
            throw CommandException.mistake(e.getMessage());
        }
    }
}
