package dev.kombo.research.bench;

import dev.kombo.shop.kafka.KafkaClients;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/**
 * A version of Kombo whose service a benchmark runs in JVMs of its own. Load and measurements are always this one's.
 */
interface KomboVersion {
    /** The service's own entry point, by name: this module knows nothing of the command line. */
    String MAIN = "dev.kombo.cli.KomboMain";

    /** What people and figures call it. */
    String name();

    /** The class path of its service. */
    String classPath();

    /** Returns those of the settings that it knows. */
    Map<String, String> known(Map<String, String> settings);

    /**
     * Creates its topics.
     *
     * @param settings of its service
     * @param folder for files
     */
    void createTopics(Map<String, String> settings, Path folder);

    /** Returns the topics that the tasks of its running service read, global ones excluded. */
    Set<String> read(KafkaClients clients) throws InterruptedException;

    /** Writes settings to a file that the commands of all versions read. */
    static void write(Map<String, String> settings, Path file) throws IOException {
        Properties properties = new Properties();
        properties.putAll(settings);
        try (OutputStream out = Files.newOutputStream(file)) {
            properties.store(out, null);
        }
    }
}
