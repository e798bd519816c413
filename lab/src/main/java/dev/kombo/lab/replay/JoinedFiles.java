package dev.kombo.lab.replay;

import dev.kombo.catalog.StableHash;
import dev.kombo.lab.replay.QueuedRows.QueuedRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The rows of one or more files, put into an order of time. Lines are numbered as if the files were one: those of the
 * second go on after the last of the first, headers included, and all ids carry the first one's name.
 *
 * <p>Holds the text of the files in memory: about 150 bytes a row.
 */
final class JoinedFiles {
    private final String idName;
    private final List<QueuedRow> rows = new ArrayList<>();
    private int lines;

    /**
     * @param idName name in the ids of events: that of the first file
     */
    JoinedFiles(String idName) {
        this.idName = idName;
    }

    /** Reads a file; a row equals an earlier one only within it. */
    JoinedFiles add(FileLayout layout, Path file, RowMapper mapper) throws IOException {
        try (RawRowReader reader = RawRowReader.open(file, layout.delimiter())) {
            RowJudge judge = layout.judge(reader, file, idName, mapper);
            long time = 0;
            for (RawRow row = reader.next(); row != null; row = reader.next()) {
                time = judge.timeOf(row, time);
                RawRow numbered = new RawRow(Math.addExact(lines, row.line()), row.text());
                rows.add(new QueuedRow(time, numbered, judge.isFirst(row), judge));
            }
            lines = Math.addExact(lines, reader.lines());
        }
        return this;
    }

    /** In order of time, those of one time in the order in which they were read. */
    ReplayRows byTime(FileCatalog catalog) {
        rows.sort(Comparator.comparingLong(QueuedRow::time));
        return new QueuedRows(rows, catalog);
    }

    /**
     * In an order drawn by the seed, with artificial times; a row's place depends on its line and the seed alone.
     *
     * @param start epoch milliseconds of the first row
     * @param step milliseconds between two rows
     */
    ReplayRows shuffled(long seed, long start, long step, FileCatalog catalog) {
        rows.sort(Comparator.<QueuedRow>comparingLong(queued ->
                        StableHash.mix(StableHash.combine(seed, queued.row().line())))
                .thenComparingInt(queued -> queued.row().line()));
        List<QueuedRow> timed = new ArrayList<>(rows.size());
        for (QueuedRow queued : rows) {
            timed.add(new QueuedRow(start + step * timed.size(), queued.row(), queued.first(), queued.judge()));
        }
        return new QueuedRows(timed, catalog);
    }
}
