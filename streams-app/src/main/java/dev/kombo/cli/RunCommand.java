package dev.kombo.cli;

import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.console.CommandException;
import dev.kombo.console.HumanDuration;
import dev.kombo.console.PrintingCommand;
import dev.kombo.console.SettingsOptions;
import dev.kombo.console.StopSignal;
import dev.kombo.instance.CommandContext;
import dev.kombo.instance.EmbeddedCluster;
import dev.kombo.instance.ServiceWithApi;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the service until the process is asked to stop. */
@Command(name = "run", description = "Runs the service until SIGTERM or Ctrl-C.")
final class RunCommand extends PrintingCommand {
    private static final Duration POLL_INTERVAL = Duration.ofMillis(500);

    @Mixin
    private SettingsOptions settings;

    @Mixin
    private final EmbeddedBrokerOptions embedded = new EmbeddedBrokerOptions();

    @Option(
            names = "--start-timeout",
            paramLabel = "TIME",
            defaultValue = "10m",
            converter = HumanDuration.class,
            description = "Longest time until the service processes events; default ${DEFAULT-VALUE}.")
    private Duration startTimeout;

    private final CommandContext wiring;

    RunCommand(CommandContext wiring) {
        this.wiring = wiring;
    }

    @Override
    protected boolean run(PrintWriter out) throws Exception {
        embedded.check(settings);
        Map<String, String> given = settings.gather(Map.of());
        try (StopSignal stop = StopSignal.install()) {
            if (!embedded.embedded) {
                return serve(SettingsOptions.checked(given), stop, out);
            }
            try (EmbeddedCluster cluster = embedded.start(wiring, given)) {
                out.println(cluster.addresses());
                return serve(SettingsOptions.checked(cluster.settings()), stop, out);
            }
        }
    }

    private boolean serve(KomboConfig config, StopSignal stop, PrintWriter out) throws Exception {
        try (ServiceWithApi running = stop.interruptibly(() -> ServiceWithApi.start(wiring, config))) {
            out.println("Page: " + running.url());
            out.println("Query API: " + running.url());
            out.flush();
            stop.interruptibly(() -> running.awaitRunning(startTimeout));
            out.println("Kombo is running on " + config.get(ServiceSettings.BOOTSTRAP_SERVERS) + ".");
            out.flush();
            while (!stop.await(POLL_INTERVAL)) {
                if (running.failed()) {
                    throw CommandException.failure("the service gave up; see its log");
                }
            }
            out.println("Stopping.");
        } catch (InterruptedException e) {
            out.println("Stopped before the service was up.");
        }
        return true;
    }

    /** Options of commands that can run with an embedded broker. */
    private static final class EmbeddedBrokerOptions {
        @Option(names = "--embedded", description = "Start a broker and a schema registry in this process.")
        boolean embedded;

        @Option(
                names = "--data",
                paramLabel = "DIR",
                description = "With --embedded: folder for all data; default .kombo/run.")
        private Path data;

        @Option(names = "--fresh", description = "With --embedded: delete what an earlier run left in the folder.")
        private boolean fresh;

        void check(SettingsOptions settings) {
            if (!embedded && (data != null || fresh)) {
                throw CommandException.mistake((data != null ? "--data" : "--fresh") + " needs --embedded");
            }
            if (embedded) {
                settings.refuseOwnCluster("--embedded");
            }
        }

        EmbeddedCluster start(CommandContext wiring, Map<String, String> settings) {
            EmbeddedCluster.Starter clusters = wiring.embedded()
                    .orElseThrow(() -> CommandException.mistake(
                            "--embedded is not part of this build; it is in ./kombo of the source tree"));
            return clusters.start(data == null ? Path.of(".kombo", "run") : data, fresh, settings);
        }
    }
}
