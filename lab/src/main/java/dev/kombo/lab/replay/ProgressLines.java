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
    private final long startedAt;
    private long shownAt;

    ProgressLines(PrintStream out, Duration interval, LongSupplier nanoTime) {
        this.out = out;
        this.intervalNanos = interval.toNanos();
        this.nanoTime = nanoTime;
        this.startedAt = nanoTime.getAsLong();
        this.shownAt = startedAt;
    }

    @Override
    public void update(long position, long size, long rows) {
        long now = nanoTime.getAsLong();
        boolean finished = position >= size;
        if (!finished && now - shownAt < intervalNanos) {
            return;
        }
        shownAt = now;
        double seconds = Math.max(1e-3, (now - startedAt) / 1e9);
        double done = size == 0 ? 1 : (double) position / size;
        String rest = finished || position == 0
                ? ""
                : String.format(Locale.ROOT, ", about %d s left", Math.round(seconds * (1 - done) / done));
        out.printf(
                Locale.ROOT,
                "replay: %,d rows, %d %%, %,.0f rows/s%s%n",
                rows,
                (int) (100 * done),
                rows / seconds,
                rest);
    }
}
