package dev.kombo.lab.kafka;

import dev.kombo.cli.CommandException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;
import org.apache.kafka.common.Uuid;

/**
 * A broker's data folder: {@code broker.properties} (cluster id and client port, so that a restart is the same cluster
 * at the same address) and {@code log/}, which is Kafka's. The caller makes sure that no other broker uses it.
 */
final class BrokerFolder {
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
