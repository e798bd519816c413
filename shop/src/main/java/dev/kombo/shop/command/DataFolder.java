package dev.kombo.shop.command;

import dev.kombo.console.CommandException;
import dev.kombo.shop.data.CustomerKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import org.apache.kafka.common.utils.Utils;

/**
 * The data folder of an embedded run, used by one process at a time. A marker file shows that Kombo created it: no
 * other folder is ever written to or wiped.
 */
public final class DataFolder implements AutoCloseable {
    private static final String MARKER = ".kombo-data";

    private final Path path;
    private final Path asGiven;
    private final FileChannel lock;

    private DataFolder(Path path, Path asGiven, FileChannel lock) {
        this.path = path;
        this.asGiven = asGiven;
        this.lock = lock;
    }

    /**
     * Locks a folder; creates it if it is missing.
     *
     * @param fresh deletes what an earlier run left in it
     * @throws CommandException if another process uses it, it is not Kombo's, or it cannot be written
     */
    public static DataFolder take(Path folder, boolean fresh) {
        Path path = folder.toAbsolutePath().normalize();
        try {
            claim(path, folder);
            DataFolder taken =
                    new DataFolder(path, folder, FileChannel.open(path.resolve(MARKER), StandardOpenOption.WRITE));
            try {
                if (taken.lock.tryLock() == null) {
                    throw inUse(folder);
                }
                if (fresh) {
                    wipe(path);
                }
                return taken;
            } catch (IOException | RuntimeException e) {
                taken.close();
                throw e;
            }
        } catch (OverlappingFileLockException e) {
            throw inUse(folder);
        } catch (IOException e) {
            throw CommandException.failure("the data folder " + folder + " cannot be used: " + e, e);
        }
    }

    /** Marks the folder as Kombo's; a folder with other content is refused. */
    private static void claim(Path path, Path asGiven) throws IOException {
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw CommandException.mistake("the data folder " + asGiven + " is a file");
        }
        Files.createDirectories(path);
        if (Files.exists(path.resolve(MARKER))) {
            return;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
            Iterator<Path> entry = entries.iterator();
            if (entry.hasNext() && (!isSecret(entry.next()) || entry.hasNext())) {
                throw CommandException.mistake("the folder " + asGiven
                        + " holds files that are not Kombo's; choose an empty or a new one with --data");
            }
        }
        Files.writeString(path.resolve(MARKER), "Data of an embedded Kombo; 'kombo ... --fresh' wipes this folder.\n");
    }

    private static CommandException inUse(Path folder) {
        return CommandException.mistake("the data folder " + folder
                + " is in use by another Kombo; stop that one, or choose another folder with --data");
    }

    /** Without it a customer would have another key in the next run. */
    private static boolean isSecret(Path entry) {
        return entry.endsWith(CustomerKeys.FILE);
    }

    private static void wipe(Path root) throws IOException {
        // First: a folder that is half deleted when the process is killed must not be taken for a whole one.
        Files.deleteIfExists(root.resolve(FolderInputs.FILE));
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root)) {
            for (Path entry : entries) {
                if (!entry.endsWith(MARKER) && !isSecret(entry)) {
                    Utils.delete(entry.toFile());
                }
            }
        }
    }

    /** The folder as it was given. */
    @Override
    public String toString() {
        return asGiven.toString();
    }

    /** The folder, as an absolute path. */
    public Path path() {
        return path;
    }

    /**
     * Takes the folder for what a command reads; on a mistake, releases it.
     *
     * @return whether an earlier start with the same inputs has been there
     * @throws CommandException if the folder holds what was made of others
     */
    boolean claim(FolderInputs inputs) throws IOException {
        boolean claimed = false;
        try {
            boolean again = inputs.claim(path, asGiven);
            claimed = true;
            return again;
        } finally {
            if (!claimed) {
                close();
            }
        }
    }

    /** Releases the folder. */
    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
