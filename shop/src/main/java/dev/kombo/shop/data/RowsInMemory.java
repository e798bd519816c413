package dev.kombo.shop.data;

import dev.kombo.table.DataException;
import dev.kombo.table.FileLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * The rows of a file that is read as a whole before its first row is replayed, so that they can be put in order of
 * time.
 *
 * <p>Keeps all events in memory: about half a kilobyte per row.
 */
final class RowsInMemory implements EventRows {
    static final long BYTES_PER_ROW = 1024;
    /** What a character of a long row takes: rows of usual length have fewer than one in two bytes of theirs. */
    private static final long BYTES_PER_CHARACTER = 2;

    private static final long MEBIBYTE = 1L << 20;
    private static final long GIBIBYTE = 1L << 30;

    private final List<EventRow> rows;
    private final FileCatalog catalog;
    private int given;

    /**
     * @param rows as they were read
     */
    RowsInMemory(List<EventRow> rows, FileCatalog catalog) {
        this.rows = new ArrayList<>(rows);
        this.catalog = catalog;
    }

    /** Reads the rows of a file. */
    static List<EventRow> read(Path path, FileLayout layout, RowMapper mapper) throws IOException {
        List<EventRow> rows = new ArrayList<>();
        try (CheckedFile file = new CheckedFile(path, layout, mapper)) {
            for (EventRow row = file.next(); row != null; row = file.next()) {
                rows.add(row);
                requireRoom(path, rows.size(), BYTES_PER_ROW, file.characters());
            }
        }
        return rows;
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
                                    memory / MEBIBYTE,
                                    2 * memory / GIBIBYTE + 1));
        }
    }

    /** Sorts by time; rows with the same time stay in the order in which they were read. */
    RowsInMemory byTime() {
        rows.sort(Comparator.comparingLong(EventRow::eventTime));
        return this;
    }

    /**
     * Gives the rows of a file without times artificial ones, in their order.
     *
     * @param start epoch milliseconds of the first row
     * @param step milliseconds between two rows
     */
    RowsInMemory spaced(long start, long step) {
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

    /** Shows each row, in the order of replay. */
    RowsInMemory shownTo(Consumer<EventRow> reader) {
        rows.forEach(reader);
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
