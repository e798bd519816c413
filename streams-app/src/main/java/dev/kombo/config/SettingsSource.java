package dev.kombo.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Merges settings from the places where people write them. Precedence, highest first: command line, environment, file,
 * default. {@code kombo.offer.size} is {@code KOMBO_OFFER_SIZE} in the environment.
 */
public final class SettingsSource {
    private static final Logger LOG = LoggerFactory.getLogger(SettingsSource.class);

    private static final String ENVIRONMENT_PREFIX = "KOMBO_";

    /** Variables read by the launcher script, the logging configuration and the clients of the API; not settings. */
    private static final Set<String> LAUNCHER_VARIABLES =
            Set.of("KOMBO_JAVA_OPTS", "KOMBO_LOG_LEVEL", "KOMBO_KAFKA_LOG_LEVEL", "KOMBO_API_TOKEN");

    /** Variables that Kubernetes sets in every container beside a service named kombo; not settings. */
    private static final Pattern SERVICE_LINK = Pattern.compile("KOMBO_(SERVICE_(HOST|PORT)|PORT)(_.*)?");

    private SettingsSource() {}

    /**
     * Merges the three sources. Settings that only earlier versions have are left out, with a warning.
     *
     * @param file a properties file, or null
     * @param environment the process environment; only names that begin with KOMBO_ are considered
     * @param commandLine settings by full name
     * @throws IOException if the file cannot be read
     */
    public static Map<String, String> gather(
            Path file, Map<String, String> environment, Map<String, String> commandLine) throws IOException {
        Map<String, String> settings = new HashMap<>();
        if (file != null) {
            Properties properties = new Properties();
            try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                properties.load(reader);
            }
            properties.stringPropertyNames().forEach(name -> settings.put(name, properties.getProperty(name)));
        }
        environment.forEach((name, value) -> {
            if (name.startsWith(ENVIRONMENT_PREFIX)
                    && !LAUNCHER_VARIABLES.contains(name)
                    && !SERVICE_LINK.matcher(name).matches()) {
                settings.put(name.toLowerCase(Locale.ROOT).replace('_', '.'), value);
            }
        });
        settings.putAll(commandLine);
        RemovedSettings.takeFrom(settings).forEach(LOG::warn);
        return settings;
    }
}
