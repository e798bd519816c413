package dev.kombo.shop.kafka;

import dev.kombo.config.ServiceSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A broker and a schema registry that tests of one JVM share, as long as they neither stop nor damage them. Started for
 * the first test that asks, stopped with the JVM. Each test has an installation of its own: topics with a prefix, and
 * an application id.
 */
public final class TestCluster {
    private static TestCluster shared;

    private final Path folder;
    private final EmbeddedSchemaRegistry registry;
    private final EmbeddedKafka broker;

    private TestCluster() {
        try {
            folder = Files.createTempDirectory("kombo-test-cluster");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        registry = EmbeddedSchemaRegistry.start(folder.resolve("registry"), 0);
        broker = EmbeddedKafka.start(folder.resolve("broker"));
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "test-cluster-close"));
    }

    /** The cluster of this JVM. */
    public static synchronized TestCluster shared() {
        if (shared == null) {
            shared = new TestCluster();
        }
        return shared;
    }

    /** Address of the broker. */
    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /** Address of the schema registry. */
    public String registryUrl() {
        return registry.url().toString();
    }

    /**
     * Returns the settings of an installation of its own on this cluster.
     *
     * @param name of the installation, which no other test of this JVM uses
     * @param state folder of its stores
     * @param more pairs of a setting's name and value, which take precedence
     */
    public Map<String, String> settings(String name, Path state, String... more) {
        Map<String, String> settings = new TreeMap<>(Map.of(
                ServiceSettings.BOOTSTRAP_SERVERS.name(),
                bootstrapServers(),
                ServiceSettings.REGISTRY_URL.name(),
                registryUrl(),
                ServiceSettings.TOPIC_PREFIX.name(),
                name + "-",
                ServiceSettings.APPLICATION_ID.name(),
                name,
                ServiceSettings.STATE_DIR.name(),
                state.toString()));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return settings;
    }

    private void close() {
        broker.close();
        registry.close();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
