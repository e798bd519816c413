package dev.kombo.lab.replay;

import org.apache.kafka.common.IsolationLevel;

/**
 * How far earlier replays of a file came, taken from the log itself, so that there is no second record of it that could
 * disagree.
 *
 * <p>It is the exact set of rows found, not the last row of each partition: a producer that gave up on a batch may have
 * written a later one, and files that are sorted first are not sent in the order of their lines. One bit a row.
 */
final class ReplayProgress {
    private final ReplayLog log;

    ReplayProgress(ReplayLog log) {
        this.log = log;
    }

    /**
     * Lines of the rows that were already published, as events or as rejected rows.
     *
     * <p>Reads uncommitted records too: the replay writes without transactions, and a transaction that a stopped
     * application left open would hide what the replay wrote after it.
     */
    LineSet linesOf(String fileName) {
        LineSet lines = new LineSet();
        log.events(
                IsolationLevel.READ_UNCOMMITTED,
                (holder, event) -> addLine(lines, EventIds.lineOf(event.getEventId(), fileName)));
        log.rejections(
                IsolationLevel.READ_UNCOMMITTED,
                rejected -> addLine(lines, EventIds.lineOf(rejected.getSource(), fileName)));
        return lines;
    }

    private static void addLine(LineSet lines, int line) {
        if (line >= 0) {
            lines.add(line);
        }
    }
}
