package dev.kombo.lab;

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
            if (System.nanoTime() - shownAt >= (terminal ? 500_000_000L : 5_000_000_000L)) {
                show();
            }
        }

        private void show() {
            shownAt = System.nanoTime();
            double rate = rows / Math.max(1e-3, (shownAt - startedAt) / 1e9);
            String format = rate < 10 ? "%s %3d%%  %,d %s, %.2f %s/s" : "%s %3d%%  %,d %s, %,.0f %s/s";
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
