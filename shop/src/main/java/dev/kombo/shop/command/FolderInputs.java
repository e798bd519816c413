package dev.kombo.shop.command;

import dev.kombo.console.CommandException;
import dev.kombo.shop.JsonFile;
import dev.kombo.shop.replay.ReplayAccount;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the data in a folder were made of: files, options and settings of a command. They are named in a file of the
 * folder, so that a second start of the same command goes on where the first one ended, and no other one is mixed with
 * it.
 */
final class FolderInputs {
    /** Names the inputs in the folder. */
    static final String FILE = "inputs.json";

    /** Holds what came of them, once everything is learned. */
    private static final String LEARNED = "learned.json";

    /** Settings of how Kombo is reached and looks, which change nothing in what it learned. */
    private static final String API_SETTINGS = "kombo.api.";

    private final SortedMap<String, String> inputs = new TreeMap<>();

    /**
     * What came of the files.
     *
     * @param seconds time that it took
     */
    record Learned(ReplayAccount account, double seconds) {}

    /** Adds an option; null: not given. */
    FolderInputs option(String name, @Nullable Object value) {
        if (value != null) {
            inputs.put(name, value.toString());
        }
        return this;
    }

    /** Adds a file by its name, which is part of its events' ids, and its content; null: not given. */
    FolderInputs file(String option, @Nullable Path file) throws IOException {
        if (file != null && Files.isRegularFile(file)) {
            MessageDigest digest = sha256();
            try (InputStream content = new DigestInputStream(Files.newInputStream(file), digest)) {
                content.transferTo(OutputStream.nullOutputStream());
            }
            inputs.put(
                    option, file.getFileName() + ", SHA-256 " + HexFormat.of().formatHex(digest.digest()));
        }
        return this;
    }

    /** Adds the settings that decide what is learned: hashes of their values, which may be passwords. */
    FolderInputs settings(Map<String, String> settings) {
        settings.forEach((name, value) -> {
            if (!name.startsWith(API_SETTINGS)) {
                byte[] hash = sha256().digest(value.getBytes(StandardCharsets.UTF_8));
                inputs.put(name, "SHA-256 " + HexFormat.of().formatHex(hash));
            }
        });
        return this;
    }

    /**
     * Takes a folder for these inputs, unless it holds data that were made of others.
     *
     * @param asGiven its name, for the message
     * @return whether an earlier start of the same command has been there
     * @throws CommandException naming what differs
     */
    boolean claim(Path folder, Path asGiven) throws IOException {
        Path file = folder.resolve(FILE);
        if (Files.exists(file)) {
            SortedMap<String, String> before = JsonFile.read(file, Inputs.class).inputs();
            if (!before.equals(inputs)) {
                throw CommandException.mistake(
                        "the folder %s holds what an earlier start learned from something else:".formatted(asGiven)
                                + " %s differ. Begin anew with --fresh, which deletes it, or take another folder with --data"
                                        .formatted(String.join(", ", differences(before))));
            }
            return true;
        }
        if (Files.exists(folder.resolve(EmbeddedStack.BROKER))) {
            throw CommandException.mistake("the folder " + asGiven + " holds the data of another command or version."
                    + " Begin anew with --fresh, which deletes them, or take another folder with --data");
        }
        JsonFile.write(file, new Inputs(inputs));
        return false;
    }

    private Set<String> differences(Map<String, String> before) {
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(inputs.keySet());
        names.removeIf(name -> Objects.equals(before.get(name), inputs.get(name)));
        return names;
    }

    /** Notes that everything is learned. */
    static void learned(Path folder, Learned what) throws IOException {
        JsonFile.write(folder.resolve(LEARNED), what);
    }

    /** What was learned in a folder, if an earlier start came so far. */
    static Optional<Learned> learned(Path folder) {
        Path file = folder.resolve(LEARNED);
        try {
            return Files.exists(file) ? Optional.of(JsonFile.read(file, Learned.class)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The content of the file. */
    private record Inputs(SortedMap<String, String> inputs) {}
}
