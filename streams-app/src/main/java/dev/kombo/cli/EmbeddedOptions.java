package dev.kombo.cli;

import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Option;

/** Options of commands that can run with an embedded broker. */
final class EmbeddedOptions {
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
