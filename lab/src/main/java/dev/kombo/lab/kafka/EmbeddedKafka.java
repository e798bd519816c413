package dev.kombo.lab.kafka;

import dev.kombo.console.CommandException;
import dev.kombo.lab.kafka.BrokerSettings.Ports;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A real single-node Kafka (KRaft: controller and broker in one) in this process, whose data survives the process.
 *
 * <p>The only class that uses Kafka's internal server API, which may change with any release. Kafka ends the whole
 * process if its controller port is taken or its folder is in use; so the folder is locked and both ports are tested
 * before Kafka starts, and these mistakes become a {@link CommandException}. Thread-safe.
 */
public final class EmbeddedKafka implements AutoCloseable {

    private final KafkaRaftServer server;
    private final String bootstrapServers;
    private boolean closed;

    private EmbeddedKafka(KafkaRaftServer server, String bootstrapServers) {
        this.server = server;
        this.bootstrapServers = bootstrapServers;
    }

    /** Starts a broker on a folder with the default settings. */
    public static EmbeddedKafka start(Path directory) {
        return start(directory, Map.of());
    }

    /**
     * Starts a broker and returns when it is ready for clients, after 2 to 6 seconds.
     *
     * @param directory the data folder, created if absent, which no other broker may use; a folder used before
     *     continues its cluster at its old address
     * @param overrides Kafka broker settings that take precedence over the defaults; listeners and folders are fixed
     * @throws CommandException if the folder cannot be used, a port is taken, or Kafka fails to start
     */
    public static EmbeddedKafka start(Path directory, Map<String, String> overrides) {
        try {
            return startOn(new BrokerFolder(directory), overrides);
        } catch (CommandException failure) {
            throw failure;
        } catch (Exception failure) {
            throw CommandException.failure(
                    "Kafka did not start on " + directory + ": " + failure.getMessage(), failure);
        }
    }

    /** The address for clients, as {@code host:port}. Restarts on the same folder keep it. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** Stops the broker and waits for its threads, about a second. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        stop(server);
    }

    private static EmbeddedKafka startOn(BrokerFolder folder, Map<String, String> overrides) throws Exception {
        int port = clientPort(folder.port());
        Properties settings = BrokerSettings.of(folder.logDirectory(), port, overrides);
        KafkaConfig config = KafkaConfig.fromProps(settings, false);
        format(folder, BrokerSettings.nodeId(overrides));
        KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
        try {
            server.startup();
        } catch (Exception failure) {
            stop(server);
            throw failure;
        }
        folder.keepPort(port);
        return new EmbeddedKafka(server, BrokerSettings.HOST + ":" + port);
    }

    private static int clientPort(int wanted) {
        if (wanted == 0) {
            return Ports.findFree(0);
        }
        if (!Ports.isFree(wanted)) {
            throw CommandException.failure("Port " + wanted + " of " + BrokerSettings.HOST
                    + " is taken by another program; clients know the broker by this port");
        }
        return wanted;
    }

    private static void format(BrokerFolder folder, int nodeId) throws Exception {
        String logDirectory = folder.logDirectory().toString();
        try (PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setNodeId(nodeId)
                    .setClusterId(folder.clusterId())
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setDirectories(List.of(logDirectory))
                    .setMetadataLogDirectory(logDirectory)
                    .setIgnoreFormatted(true)
                    .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
                    .setPrintStream(nowhere)
                    .run();
        }
    }

    private static void stop(KafkaRaftServer server) {
        server.shutdown();
        server.awaitShutdown();
    }

    /**
     * A broker's data folder: {@code broker.properties} (cluster id and client port, so that a restart is the same cluster
     * at the same address) and {@code log/}, which is Kafka's. The caller makes sure that no other broker uses it.
     */
    static final class BrokerFolder {
        private static final String CLUSTER_ID = "cluster.id";
        private static final String PORT = "port";

        private final Path directory;
        private final Properties identity = new Properties();

        /**
         * Opens the folder; creates it if it is missing.
         *
         * @throws CommandException if it cannot be written
         */
        BrokerFolder(Path path) {
            if (path.toString().indexOf(',') >= 0) {
                throw CommandException.failure("Kafka takes a comma for the end of a folder's name: " + path);
            }
            try {
                directory = Files.createDirectories(path).toRealPath();
                if (Files.exists(identityFile())) {
                    try (InputStream in = Files.newInputStream(identityFile())) {
                        identity.load(in);
                    }
                } else {
                    put(CLUSTER_ID, Uuid.randomUuid().toString());
                }
            } catch (IOException failure) {
                throw CommandException.failure("Cannot use " + path + " as a data folder: " + failure, failure);
            }
        }

        /** Kafka's log folder. */
        Path logDirectory() {
            return directory.resolve("log");
        }

        String clusterId() {
            return identity.getProperty(CLUSTER_ID);
        }

        /** The client port of the last start, or 0 for a new folder. */
        int port() {
            return Integer.parseInt(identity.getProperty(PORT, "0"));
        }

        /** Stores the client port for the next start. */
        void keepPort(int port) throws IOException {
            if (port != port()) {
                put(PORT, Integer.toString(port));
            }
        }

        private void put(String name, String value) throws IOException {
            identity.setProperty(name, value);
            Path draft = directory.resolve("broker.properties.new");
            try (OutputStream out = Files.newOutputStream(draft)) {
                identity.store(out, "Identity of this Kafka data folder");
            }
            Files.move(draft, identityFile(), StandardCopyOption.REPLACE_EXISTING);
        }

        private Path identityFile() {
            return directory.resolve("broker.properties");
        }
    }
}
