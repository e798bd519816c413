package dev.kombo.shop;

import dev.kombo.console.Figures;
import java.io.PrintStream;
import picocli.CommandLine.Help.Ansi;

/** Shows a person how far a command is. Called often: an implementation limits its own rate. */
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

    /** Whether standard output is a terminal, whose lines can be redrawn. */
    static boolean isTerminal() {
        return Ansi.AUTO.enabled() && !"dumb".equals(System.getenv("TERM"));
    }

    /**
     * Shows progress on standard output.
     *
     * @param task the work, in a word
     * @param unit pieces that are counted, in the plural
     */
    static ProgressDisplay of(String task, String unit) {
        return new ProgressLine(System.out, isTerminal(), task, unit);
    }

    /** Prints progress with rate: on a terminal one line that is redrawn, elsewhere a line every five seconds. */
    final class ProgressLine implements ProgressDisplay {
        /** How often a line on a terminal is drawn anew. */
        private static final long REDRAW_NANOS = 500_000_000L;

        /** How often another line is printed elsewhere. */
        private static final long LINE_NANOS = 5_000_000_000L;

        private static final double NANOS_PER_SECOND = 1e9;
        private static final double SHORTEST_SECONDS = 1e-3;

        /** Rate below which decimals are shown. */
        private static final double SLOW = 10;

        private final PrintStream out;
        private final boolean terminal;
        private final String task;
        private final String unit;
        private final long startedAt = System.nanoTime();
        private long shownAt = startedAt;
        private long percent;
        private long rows;

        /**
         * Creates the display; it shows nothing before its first interval has passed.
         *
         * @param task the work, in a word
         * @param unit pieces that are counted, in the plural
         */
        public ProgressLine(PrintStream out, boolean terminal, String task, String unit) {
            this.out = out;
            this.terminal = terminal;
            this.task = task;
            this.unit = unit;
        }

        @Override
        public void update(long position, long size, long rows) {
            // The size may grow, but nobody wants to see work go backwards.
            this.percent = Math.max(percent, size == 0 ? 100 : 100 * position / size);
            this.rows = rows;
            if (System.nanoTime() - shownAt >= (terminal ? REDRAW_NANOS : LINE_NANOS)) {
                show();
            }
        }

        private void show() {
            shownAt = System.nanoTime();
            double rate = rows / Math.max(SHORTEST_SECONDS, (shownAt - startedAt) / NANOS_PER_SECOND);
            String format = rate < SLOW ? "%s %3d%%  %,d %s, %.2f %s/s" : "%s %3d%%  %,d %s, %,.0f %s/s";
            String line = Figures.text(format, task, percent, rows, unit, rate, unit);
            if (terminal) {
                out.print("\r" + line);
                out.flush();
            } else {
                out.println(line);
            }
        }

        /** Shows where the work ended. */
        @Override
        public void close() {
            show();
            if (terminal) {
                out.println();
            }
        }
    }
}
