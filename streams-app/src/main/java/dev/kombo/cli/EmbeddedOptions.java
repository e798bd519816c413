package dev.kombo.cli;

import dev.kombo.config.ServiceSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Options of commands that may bring their own broker. */
final class EmbeddedOptions {
    @Option(names = "--embedded", description = "Start a broker and a schema registry in this process.")
    boolean embedded;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "With --embedded: folder that keeps everything; default .kombo/run.")
    private Path data;

    @Option(names = "--fresh", description = "With --embedded: forget what an earlier run left in the folder.")
    private boolean fresh;

    void check(SettingsOptions settings) {
        if (!embedded && (data != null || fresh)) {
            throw CommandException.mistake((data != null ? "--data" : "--fresh") + " needs --embedded");
        }
        if (embedded) {
            refuseOwnCluster(settings);
        }
    }

    /** A cluster named on the command line and one brought along contradict each other. */
    private static void refuseOwnCluster(SettingsOptions settings) {
        for (String name : List.of(
                ServiceSettings.BOOTSTRAP_SERVERS.name(),
                ServiceSettings.REGISTRY_URL.name(),
                ServiceSettings.STATE_DIR.name())) {
            if (settings.isOnCommandLine(name)) {
                throw CommandException.mistake("--embedded brings its own " + name + "; give one of them");
            }
        }
    }

    EmbeddedCluster start(Wiring wiring, Map<String, String> settings) {
        EmbeddedCluster.Starter clusters = wiring.embedded()
                .orElseThrow(() -> CommandException.mistake(
                        "--embedded is not part of this build; it is in ./kombo of the source tree"));
        return clusters.start(data == null ? Path.of(".kombo", "run") : data, fresh, settings);
    }
}
