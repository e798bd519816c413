package dev.kombo.console;

import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.config.SettingsSource;
import dev.kombo.settings.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options that give settings. Precedence, highest first: command line, environment, file, default. */
public final class SettingsOptions {
    private static final List<Setting<?>> OWN_CLUSTER =
            List.of(ServiceSettings.BOOTSTRAP_SERVERS, ServiceSettings.REGISTRY_URL, ServiceSettings.STATE_DIR);

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "Properties file with settings.")
    private Path file;

    @Option(
            names = {"-D", "--set"},
            paramLabel = "NAME=VALUE",
            description = "A setting; takes precedence over the environment (KOMBO_OFFER_SIZE for"
                    + " kombo.offer.size) and the file. May be repeated.")
    private Map<String, String> commandLine = new LinkedHashMap<>();

    private final Map<String, String> environment;

    public SettingsOptions(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * Returns all given settings, validated.
     *
     * @param implied settings implied by the command's other options; same precedence as the command line
     * @throws CommandException if the file cannot be read, or listing all invalid settings
     */
    public Map<String, String> gather(Map<String, String> implied) {
        if (file != null && !Files.isRegularFile(file)) {
            throw CommandException.mistake("no such file: " + file);
        }
        Map<String, String> strongest = new LinkedHashMap<>(commandLine);
        implied.forEach((name, value) -> {
            String given = strongest.putIfAbsent(name, value);
            if (given != null && !given.equals(value)) {
                throw CommandException.mistake(name + ": an option of this command sets it to " + value + ", but -D to "
                        + given + "; give one of them");
            }
        });
        try {
            Map<String, String> settings = SettingsSource.gather(file, environment, strongest);
            checked(settings);
            return settings;
        } catch (IOException | IllegalArgumentException e) {
            throw CommandException.mistake("the settings in " + file + " cannot be read: " + e.getMessage());
        }
    }

    /** Returns the configuration with the given settings. */
    public KomboConfig config() {
        return checked(gather(Map.of()));
    }

    /**
     * Rejects a cluster given on the command line if one is embedded.
     *
     * @param who the command or option that embeds one
     */
    public void refuseOwnCluster(String who) {
        refuse(who + " brings its own %s; give one of them", OWN_CLUSTER);
    }

    /** Rejects settings given on the command line; the text has a placeholder for the name. */
    public void refuse(String text, List<Setting<?>> settings) {
        for (Setting<?> setting : settings) {
            if (commandLine.containsKey(setting.name())) {
                throw CommandException.mistake(text.formatted(setting.name()));
            }
        }
    }

    /**
     * Returns the configuration with the settings.
     *
     * @throws CommandException listing all invalid settings
     */
    public static KomboConfig checked(Map<String, String> settings) {
        try {
            return KomboConfig.of(settings);
        } catch (KomboConfig.ConfigProblemsException e) {
            throw CommandException.mistakes(e.problems(), e);
        }
    }
}
