package dev.kombo.lab.data;

import dev.kombo.catalog.StableHash;
import dev.kombo.table.DataException;
import dev.kombo.table.FileLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Joins the rows of one or more files in memory, in an order of time. Lines are numbered as if the files were one:
 * those of the second continue after the last of the first, headers included, and all ids contain the first file's
 * name.
 *
 * <p>Keeps all events in memory: about half a kilobyte per row.
 */
final class JoinedFiles implements EventRows {
    static final long BYTES_PER_ROW = 1024;
    /** What a character of a long row takes: rows of usual length have fewer than one in two bytes of theirs. */
    private static final long BYTES_PER_CHARACTER = 2;

    private final String idName;
    private final FileCatalog catalog;
    private final List<EventRow> rows = new ArrayList<>();
    private int lines;
    private int given;

    /**
     * @param first the first file, whose name is in the ids of events
     */
    JoinedFiles(Path first, FileCatalog catalog) {
        this.idName = first.getFileName().toString();
        this.catalog = catalog;
    }

    /** Reads a file; duplicates are found only within it. */
    JoinedFiles add(Path path, FileLayout layout, RowMapper mapper) throws IOException {
        try (CheckedFile file = new CheckedFile(path, layout, mapper, idName, lines)) {
            for (EventRow row = file.next(); row != null; row = file.next()) {
                rows.add(row);
                requireRoom(path, rows.size(), BYTES_PER_ROW, file.characters());
            }
            lines = Math.addExact(lines, file.lines());
        }
        return this;
    }

    /**
     * Refuses a file with too many rows, or too long ones, before memory ends.
     *
     * @param bytes what a row of usual length takes in memory
     * @param characters of the rows
     * @throws DataException if memory does not hold them
     */
    static void requireRoom(Path file, long rows, long bytes, long characters) {
        long memory = Runtime.getRuntime().maxMemory();
        if (rows > memory / bytes || characters > memory / BYTES_PER_CHARACTER) {
            throw new DataException(
                    "%s has more than %,d rows or %,d characters; what is kept of them in memory fills %d MB. Give more by KOMBO_JAVA_OPTS=-Xmx%dg, or split the file between two orders"
                            .formatted(
                                    file,
                                    memory / bytes,
                                    memory / BYTES_PER_CHARACTER,
                                    memory >> 20,
                                    (memory >> 29) + 1));
        }
    }

    /** Adds rows that were already read. */
    JoinedFiles add(List<EventRow> read) {
        rows.addAll(read);
        return this;
    }

    /** Sorts by time; rows with the same time stay in the order in which they were read. */
    JoinedFiles byTime() {
        rows.sort(Comparator.comparingLong(EventRow::eventTime));
        return this;
    }

    /** Replaces each row by what an operator makes of it, in place. */
    JoinedFiles map(UnaryOperator<EventRow> operator) {
        rows.replaceAll(operator);
        return this;
    }

    /** Shuffles by the seed; a row's place depends only on its line and the seed. */
    JoinedFiles shuffled(long seed) {
        Comparator<EventRow> drawn =
                Comparator.comparingLong(row -> StableHash.mix(StableHash.combine(seed, row.line())));
        rows.sort(drawn.thenComparingInt(EventRow::line));
        return this;
    }

    /**
     * Gives the rows of files without times artificial ones, in their order.
     *
     * @param start epoch milliseconds of the first row
     * @param step milliseconds between two rows
     */
    JoinedFiles spaced(long start, long step) {
        for (int i = 0; i < rows.size(); i++) {
            long time = start + step * i;
            if (rows.get(i) instanceof EventRow.Accepted accepted) {
                accepted.event().setEventTime(time);
            } else if (rows.get(i) instanceof EventRow.Rejected one) {
                rows.set(
                        i,
                        new EventRow.Rejected(one.line(), one.reason(), one.field(), one.detail(), one.rawRow(), time));
            }
        }
        return this;
    }

    @Override
    public FileCatalog catalog() {
        return catalog;
    }

    @Override
    public EventRow next() {
        return given == rows.size() ? null : rows.get(given++);
    }

    @Override
    public long position() {
        return given;
    }

    @Override
    public long size() {
        return rows.size();
    }

    @Override
    public void close() {
        rows.clear();
    }
}
