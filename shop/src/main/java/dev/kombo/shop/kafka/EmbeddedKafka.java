package dev.kombo.shop.kafka;

import dev.kombo.console.CommandException;
import dev.kombo.shop.kafka.BrokerSettings.Ports;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
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
    /** Holds the port for clients beside Kafka's own folder, so that a restart has the same address. */
    static final String PORT_FILE = "port";

    private static final String CLUSTER_ID = "KomboEmbeddedCluster0w";

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
        if (directory.toString().indexOf(',') >= 0) {
            throw CommandException.failure("Kafka takes a comma for the end of a folder's name: " + directory);
        }
        try {
            return startOn(Files.createDirectories(directory).toRealPath(), overrides);
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

    private static EmbeddedKafka startOn(Path folder, Map<String, String> overrides) throws Exception {
        Path portFile = folder.resolve(PORT_FILE);
        int port =
                Files.exists(portFile) ? requireFree(Integer.parseInt(Files.readString(portFile))) : Ports.findFree(0);
        Path log = folder.resolve("log");
        KafkaConfig config = KafkaConfig.fromProps(BrokerSettings.of(log, port, overrides), false);
        format(log.toString(), BrokerSettings.nodeId(overrides));
        KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
        try {
            server.startup();
        } catch (Exception failure) {
            stop(server);
            throw failure;
        }
        write(portFile, port);
        return new EmbeddedKafka(server, BrokerSettings.HOST + ":" + port);
    }

    /** Another process that looks for the file finds it whole or not at all. */
    private static void write(Path portFile, int port) throws IOException {
        Path unfinished = portFile.resolveSibling(PORT_FILE + ".unfinished");
        Files.writeString(unfinished, Integer.toString(port));
        Files.move(unfinished, portFile, StandardCopyOption.ATOMIC_MOVE);
    }

    private static int requireFree(int port) {
        if (!Ports.isFree(port)) {
            throw CommandException.failure("Port " + port + " of " + BrokerSettings.HOST
                    + " is taken by another program; clients know the broker by this port");
        }
        return port;
    }

    private static void format(String logDirectory, int nodeId) throws Exception {
        try (PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setNodeId(nodeId)
                    .setClusterId(CLUSTER_ID)
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
}
