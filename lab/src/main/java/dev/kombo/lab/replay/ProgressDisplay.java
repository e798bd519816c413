package dev.kombo.lab.replay;

import java.io.PrintStream;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows the progress of work. Called often: an implementation limits its own rate. */
public interface ProgressDisplay extends AutoCloseable {
    /** Shows nothing. */
    ProgressDisplay NONE = (position, size, rows) -> {};

    /**
     * Reports progress.
     *
     * @param position progress, from 0 to size
     * @param rows pieces done so far; in a replay the data rows read
     */
    void update(long position, long size, long rows);

    @Override
    default void close() {}

    /**
     * Shows progress as a bar with rate and remaining time, or as a line every five seconds if output cannot be redrawn.
     * The bar is drawn by a thread of its own.
     */
    final class ProgressBarDisplay implements ProgressDisplay {
        private static final int STEPS = 1000;
        private static final int WIDTH = 100;

        private final ProgressBar bar;
        private final String unit;
        private final long startedAt = System.nanoTime();

        /**
         * Creates a bar on a terminal, a line every five seconds elsewhere.
         *
         * @param task the work, in a word
         * @param unit pieces that are counted, in the plural
         */
        public ProgressBarDisplay(PrintStream out, boolean terminal, String task, String unit) {
            this.unit = unit;
            bar = new ProgressBarBuilder()
                    .setTaskName(task)
                    .setInitialMax(STEPS)
                    .setUnit(" %", STEPS / 100)
                    .setUpdateIntervalMillis(terminal ? 500 : 5_000)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setConsumer(
                            terminal
                                    ? new ConsoleProgressBarConsumer(out, WIDTH)
                                    : new DelegatingProgressBarConsumer(out::println, WIDTH))
                    .build();
        }

        @Override
        public void update(long position, long size, long rows) {
            double seconds = Math.max(1e-3, (System.nanoTime() - startedAt) / 1e9);
            // The size may grow; a bar that goes back is drawn at once, each time.
            bar.stepTo(Math.max(bar.getCurrent(), size == 0 ? STEPS : STEPS * position / size));
            double rate = rows / seconds;
            String format = rate < 10 ? " %,d %s, %.2f %s/s" : " %,d %s, %,.0f %s/s";
            bar.setExtraMessage(String.format(Locale.ROOT, format, rows, unit, rate, unit));
        }

        @Override
        public void close() {
            bar.close();
        }
    }
}
