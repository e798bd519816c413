package dev.kombo.lab.replay;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Rows in order of time, those of one time in the order of the file.
 *
 * <p>Holds the text of the whole file in memory (about 150 bytes a row) and judges each row when it is asked for.
 */
final class SortedRows implements ReplayRows {
    private final List<TimedRow> rows = new ArrayList<>();
    private final RowJudge judge;
    private int given;

    SortedRows(RawRowReader reader, RowJudge judge) throws IOException {
        this.judge = judge;
        long time = 0;
        for (RawRow row = reader.next(); row != null; row = reader.next()) {
            time = judge.timeOf(row, time);
            rows.add(new TimedRow(time, row, judge.isFirst(row)));
        }
        rows.sort(Comparator.comparingLong(TimedRow::time));
    }

    @Override
    public ReplayRow next() {
        if (given == rows.size()) {
            return null;
        }
        TimedRow next = rows.get(given++);
        return judge.judge(next.row(), next.first(), next.time());
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
        given = 0;
    }

    private record TimedRow(long time, RawRow row, boolean first) {}
}
