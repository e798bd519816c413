package dev.kombo.lab.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A registry's state in {@code registry.json} of a directory that it has to itself. A save is whole or not at all: the
 * state goes to a file beside it, is forced to the disk, and takes the old one's place in one step.
 */
final class RegistryFile implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Path directory;
    private final Path file;
    private final FileChannel lockChannel;

    /**
     * Takes the directory, which is made if need be.
     *
     * @throws IOException where it cannot be used or another registry has it
     */
    RegistryFile(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
        this.file = directory.resolve("registry.json");
        this.lockChannel = FileChannel.open(
                directory.resolve("registry.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = lockChannel.tryLock();
            if (lock == null) {
                throw new IOException("another process runs a schema registry on " + directory);
            }
        } catch (OverlappingFileLockException e) {
            lockChannel.close();
            throw new IOException("this process runs a schema registry on " + directory + " already", e);
        } catch (IOException e) {
            lockChannel.close();
            throw e;
        }
    }

    /**
     * The state saved last, or an empty one.
     *
     * @throws IOException where the file is there but cannot be understood: to start anew would give its ids to others
     */
    RegistryState load() throws IOException {
        if (!Files.exists(file)) {
            return RegistryState.EMPTY;
        }
        try {
            return JSON.readValue(file.toFile(), RegistryState.class);
        } catch (JsonProcessingException e) {
            throw new IOException(file + " is not the state of a schema registry: " + e.getOriginalMessage(), e);
        }
    }

    /** Saves a state; when this returns it survives a crash of the process or the machine. */
    void save(RegistryState state) throws IOException {
        Path next = directory.resolve("registry.json.next");
        try (FileChannel channel = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = ByteBuffer.wrap(JSON.writeValueAsBytes(state));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceDirectory();
    }

    /** The new name is on the disk only once the directory is; some systems cannot open directories, nor need to. */
    private void forceDirectory() throws IOException {
        if (!System.getProperty("os.name").startsWith("Windows")) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    @Override
    public void close() throws IOException {
        lockChannel.close();
    }
}
