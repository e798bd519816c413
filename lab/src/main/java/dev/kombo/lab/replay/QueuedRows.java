package dev.kombo.lab.replay;

import java.util.List;

/**
 * Rows that are in memory in the order in which they are replayed: for files whose own order is another. Each is judged
 * when it is asked for.
 */
final class QueuedRows implements ReplayRows {
    private final List<QueuedRow> rows;
    private final FileCatalog catalog;
    private int given;

    /**
     * A row of a file.
     *
     * @param time epoch milliseconds
     * @param first whether no equal row came before it in its file
     * @param judge judges it
     */
    record QueuedRow(long time, RawRow row, boolean first, RowJudge judge) {}

    QueuedRows(List<QueuedRow> rows, FileCatalog catalog) {
        this.rows = List.copyOf(rows);
        this.catalog = catalog;
    }

    @Override
    public FileCatalog catalog() {
        return catalog;
    }

    @Override
    public ReplayRow next() {
        if (given == rows.size()) {
            return null;
        }
        QueuedRow next = rows.get(given++);
        return next.judge().judge(next.row(), next.first(), next.time());
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
        given = rows.size();
    }
}
