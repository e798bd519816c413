package dev.kombo.shop.command;

import dev.kombo.config.ApiSettings;
import dev.kombo.console.SettingsOptions;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options of commands that start a broker and a service in this process: data folder and port. */
final class EmbeddedOptions {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder for all data of the embedded broker and service; default .kombo/ and the name of the"
                    + " command.")
    private Path data;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "Port of the page and the query API, 0 for any free one; default 7700, in a replay any free"
                    + " one.")
    private Integer port;

    /** The first of these options that was given, or null. */
    String given() {
        return data != null ? "--data" : port != null ? "--port" : null;
    }

    /** Folder for all data. */
    Path folder(String command) {
        return data == null ? Path.of(".kombo", command) : data;
    }

    /** Returns all given settings with the port, if that was given. */
    Map<String, String> gather(SettingsOptions settings) {
        return new HashMap<>(
                settings.gather(port == null ? Map.of() : Map.of(ApiSettings.PORT.name(), port.toString())));
    }
}
