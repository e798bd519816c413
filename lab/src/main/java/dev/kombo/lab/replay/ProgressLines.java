package dev.kombo.lab.replay;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Progress as a line now and then, for logs and pipes. */
final class ProgressLines implements ProgressDisplay {
    private final PrintStream out;
    private final long intervalNanos;
    private final LongSupplier nanoTime;
    private final String task;
    private final String unit;
    private final long startedAt;
    private long shownAt;
    private long shownRows;
    private long position;
    private long size;
    private long rows;

    ProgressLines(PrintStream out, Duration interval, LongSupplier nanoTime, String task, String unit) {
        this.task = task;
        this.unit = unit;
        this.out = out;
        this.intervalNanos = interval.toNanos();
        this.nanoTime = nanoTime;
        this.startedAt = nanoTime.getAsLong();
        this.shownAt = startedAt;
    }

    @Override
    public void update(long nowPosition, long nowSize, long nowRows) {
        position = nowPosition;
        size = nowSize;
        rows = nowRows;
        if (nanoTime.getAsLong() - shownAt >= intervalNanos) {
            show();
        }
    }

    /** Shows where it ended. */
    @Override
    public void close() {
        if (rows > 0 && rows != shownRows) {
            show();
        }
    }

    private void show() {
        shownAt = nanoTime.getAsLong();
        shownRows = rows;
        double seconds = Math.max(1e-3, (shownAt - startedAt) / 1e9);
        double done = size == 0 ? 1 : (double) position / size;
        String rest = position == 0 || position >= size
                ? ""
                : String.format(Locale.ROOT, ", about %d s left", Math.round(seconds * (1 - done) / done));
        out.printf(
                Locale.ROOT,
                "%s: %,d %s, %d %%, %s%s%n",
                task,
                rows,
                unit,
                (int) (100 * done),
                ProgressDisplay.rate(rows / seconds, unit),
                rest);
    }
}
