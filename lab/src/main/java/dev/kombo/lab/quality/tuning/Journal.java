package dev.kombo.lab.quality.tuning;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The trials of a search as a file of JSON lines: the header first, then each trial when it is finished. A process that
 * is killed while it writes leaves part of a line at the end: that is cut off when the journal is opened again. One
 * process at a time; used by any thread of it.
 */
public final class Journal implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final FileChannel channel;
    private final List<TrialResult> found;
    private final double elapsedBefore;

    /** A line of the file: the first has a search, the others a trial and how long the search had been running, seconds. */
    private record Line(SearchHeader search, TrialResult trial, double elapsed) {}

    private Journal(FileChannel channel, List<TrialResult> found, double elapsedBefore) {
        this.channel = channel;
        this.found = List.copyOf(found);
        this.elapsedBefore = elapsedBefore;
    }

    /**
     * Opens a journal; makes it where it is missing.
     *
     * @param resume goes on with a journal that is there
     * @throws JournalException when there is one and it is not to be gone on with, it is of another search, another process
     *     has it, or it is no journal
     * @throws IOException when it cannot be read or written
     */
    public static Journal open(Path file, SearchHeader header, boolean resume) throws IOException {
        if (!resume && Files.exists(file)) {
            throw new JournalException("the journal " + file
                    + " is there from an earlier search; --resume goes on with it, --journal names another");
        }
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        boolean opened = false;
        try {
            lock(channel, file);
            Journal journal = read(file, channel, header);
            opened = true;
            return journal;
        } finally {
            if (!opened) {
                channel.close();
            }
        }
    }

    private static void lock(FileChannel channel, Path file) throws IOException {
        boolean locked;
        try {
            locked = channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            locked = false;
        }
        if (!locked) {
            throw new JournalException("the journal " + file + " is in use by another search");
        }
    }

    private static Journal read(Path file, FileChannel channel, SearchHeader header) throws IOException {
        byte[] content = Files.readAllBytes(file);
        List<TrialResult> trials = new ArrayList<>();
        double elapsed = 0;
        int start = 0;
        int number = 1;
        for (int end = lineEnd(content, start); end >= 0; end = lineEnd(content, start)) {
            Line line = parse(new String(content, start, end - start, StandardCharsets.UTF_8));
            if (line == null || (line.search() == null) == (number == 1) || (line.trial() == null) != (number == 1)) {
                throw notAJournal(file, number);
            }
            if (number == 1) {
                requireSame(file, line.search(), header);
            } else {
                trials.add(line.trial());
                elapsed = Math.max(elapsed, line.elapsed());
            }
            start = end + 1;
            number++;
        }
        byte[] first = encoded(new Line(header, null, 0));
        if (start == 0 && !startsWith(first, content)) {
            throw notAJournal(file, 1);
        }
        channel.truncate(start);
        channel.position(start);
        Journal journal = new Journal(channel, trials, elapsed);
        if (start == 0) {
            journal.append(first);
        }
        return journal;
    }

    private static boolean startsWith(byte[] whole, byte[] head) {
        return head.length <= whole.length && Arrays.equals(head, Arrays.copyOf(whole, head.length));
    }

    private static JournalException notAJournal(Path file, int line) {
        return new JournalException(file + ", line " + line + ": expected "
                + (line == 1 ? "the search of a journal" : "a trial") + " as JSON");
    }

    private static int lineEnd(byte[] content, int start) {
        for (int i = start; i < content.length; i++) {
            if (content[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    /** A line, or null where it is none. */
    private static Line parse(String text) {
        try {
            return MAPPER.readValue(text, Line.class);
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private static void requireSame(Path file, SearchHeader found, SearchHeader wanted) {
        if (!found.equals(wanted)) {
            throw new JournalException("the journal " + file + " is of another search: expected " + wanted + ", found "
                    + found + "; --journal names another file");
        }
    }

    /** Trials that were in the journal when it was opened, in the order in which they were finished. */
    List<TrialResult> found() {
        return found;
    }

    /** Seconds that the search had been running for when the last of them was finished. */
    double elapsedBefore() {
        return elapsedBefore;
    }

    /**
     * Keeps a trial.
     *
     * @param elapsed seconds that the search has been running for, earlier runs included
     */
    void add(TrialResult trial, double elapsed) throws IOException {
        append(encoded(new Line(null, trial, elapsed)));
    }

    private static byte[] encoded(Line line) throws IOException {
        return (MAPPER.writeValueAsString(line) + '\n').getBytes(StandardCharsets.UTF_8);
    }

    private synchronized void append(byte[] line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(line);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.force(false);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
