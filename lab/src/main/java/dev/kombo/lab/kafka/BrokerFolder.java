package dev.kombo.lab.kafka;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.Uuid;

/**
 * A broker's data folder, held by one broker at a time: {@code broker.lock}, {@code broker.properties} (cluster id and client
 * port, so that a restart is the same cluster at the same address) and {@code log/}, which is Kafka's.
 *
 * <p>The lock is ours and is taken before anything else, because Kafka opens its metadata log before it looks at its own lock:
 * a second start would corrupt the view of the first and end the process.
 */
final class BrokerFolder implements AutoCloseable {

    /**
     * The folders held by this process. A file lock alone would not do: the system drops a process's lock on a file as soon as
     * any of its channels on that file is closed, so a refused second start would unlock the folder for other processes.
     */
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private static final String CLUSTER_ID = "cluster.id";
    private static final String PORT = "port";

    private final Path directory;
    private final FileChannel lock;
    private final Properties identity;

    private BrokerFolder(Path directory, FileChannel lock, Properties identity) {
        this.directory = directory;
        this.lock = lock;
        this.identity = identity;
    }

    /**
     * Takes the folder, and creates it if it is not there.
     *
     * @throws BrokerStartException if another broker holds it, or it cannot be written
     */
    static BrokerFolder take(Path path) {
        Path directory = create(path);
        if (!HELD_HERE.add(directory)) {
            throw inUse(directory);
        }
        FileChannel lock = null;
        try {
            lock = FileChannel.open(
                    directory.resolve("broker.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (lock.tryLock() == null) {
                throw inUse(directory);
            }
            return new BrokerFolder(directory, lock, readIdentity(directory));
        } catch (IOException | RuntimeException failure) {
            release(directory, lock, failure);
            throw failure instanceof BrokerStartException known
                    ? known
                    : new BrokerStartException("Cannot use " + directory + " as a data folder: " + failure, failure);
        }
    }

    /** Where Kafka keeps its logs. */
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
    void keepPort(int port) {
        if (port == port()) {
            return;
        }
        identity.setProperty(PORT, Integer.toString(port));
        try {
            writeIdentity(directory, identity);
        } catch (IOException failure) {
            throw new BrokerStartException("Cannot write to " + directory + ": " + failure.getMessage(), failure);
        }
    }

    @Override
    public void close() {
        release(directory, lock, null);
    }

    private static Path create(Path path) {
        if (path.toString().indexOf(',') >= 0) {
            throw new BrokerStartException("Kafka takes a comma for the end of a folder's name: " + path);
        }
        try {
            return Files.createDirectories(path).toRealPath();
        } catch (IOException failure) {
            throw new BrokerStartException("Cannot create the folder " + path + ": " + failure, failure);
        }
    }

    private static Properties readIdentity(Path directory) throws IOException {
        Path file = identityFile(directory);
        Properties identity = new Properties();
        if (Files.exists(file)) {
            try (InputStream in = Files.newInputStream(file)) {
                identity.load(in);
            }
            return identity;
        }
        identity.setProperty(CLUSTER_ID, Uuid.randomUuid().toString());
        writeIdentity(directory, identity);
        return identity;
    }

    private static void writeIdentity(Path directory, Properties identity) throws IOException {
        Path draft = directory.resolve("broker.properties.new");
        try (OutputStream out = Files.newOutputStream(draft)) {
            identity.store(out, "Identity of this Kafka data folder");
        }
        Files.move(draft, identityFile(directory), StandardCopyOption.REPLACE_EXISTING);
    }

    private static Path identityFile(Path directory) {
        return directory.resolve("broker.properties");
    }

    private static BrokerStartException inUse(Path directory) {
        return new BrokerStartException("A broker is already running on " + directory);
    }

    private static void release(Path directory, FileChannel lock, Exception reason) {
        try {
            if (lock != null) {
                lock.close();
            }
        } catch (IOException failure) {
            if (reason != null) {
                reason.addSuppressed(failure);
            }
        } finally {
            HELD_HERE.remove(directory);
        }
    }
}
