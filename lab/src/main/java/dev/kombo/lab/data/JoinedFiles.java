package dev.kombo.lab.data;

import dev.kombo.catalog.StableHash;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The rows of one or more files, put into an order of time. Lines are numbered as if the files were one: those of the
 * second go on after the last of the first, headers included, and all ids carry the first one's name.
 *
 * <p>Holds the events of the files in memory: about half a kilobyte a row.
 */
final class JoinedFiles implements EventRows {
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

    /** Reads a file; a row equals an earlier one only within it. */
    JoinedFiles add(Path path, Layout layout, RowMapper mapper) throws IOException {
        try (JudgedFile file = JudgedFile.open(path, layout, mapper, idName, lines)) {
            for (EventRow row = file.next(); row != null; row = file.next()) {
                rows.add(row);
            }
            lines = Math.addExact(lines, file.lines());
        }
        return this;
    }

    /** Takes rows that were read. */
    JoinedFiles add(List<EventRow> read) {
        rows.addAll(read);
        return this;
    }

    /** In order of time, those of one time in the order in which they were read. */
    JoinedFiles byTime() {
        rows.sort(Comparator.comparingLong(EventRow::eventTime));
        return this;
    }

    /**
     * In an order drawn by the seed, with artificial times; a row's place depends on its line and the seed alone.
     *
     * @param start epoch milliseconds of the first row
     * @param step milliseconds between two rows
     */
    JoinedFiles shuffled(long seed, long start, long step) {
        Comparator<EventRow> drawn =
                Comparator.comparingLong(row -> StableHash.mix(StableHash.combine(seed, row.line())));
        rows.sort(drawn.thenComparingInt(EventRow::line));
        for (int i = 0; i < rows.size(); i++) {
            rows.set(i, rows.get(i).at(start + step * i));
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
