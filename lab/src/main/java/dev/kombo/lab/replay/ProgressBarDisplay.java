package dev.kombo.lab.replay;

import java.io.PrintStream;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Progress as a bar with rate and remaining time. The bar draws itself, from a thread of its own. */
final class ProgressBarDisplay implements ProgressDisplay {
    private static final int STEPS = 1000;
    private static final int WIDTH = 100;

    private final ProgressBar bar;
    private final String unit;
    private final long startedAt = System.nanoTime();

    ProgressBarDisplay(PrintStream out, String task, String unit) {
        this.unit = unit;
        bar = new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(STEPS)
                .setUnit(" %", STEPS / 100)
                .setUpdateIntervalMillis(500)
                .setStyle(ProgressBarStyle.ASCII)
                .setConsumer(new ConsoleProgressBarConsumer(out, WIDTH))
                .build();
    }

    @Override
    public void update(long position, long size, long rows) {
        double seconds = Math.max(1e-3, (System.nanoTime() - startedAt) / 1e9);
        bar.stepTo(size == 0 ? STEPS : STEPS * position / size);
        bar.setExtraMessage(
                String.format(Locale.ROOT, " %,d %s, %s", rows, unit, ProgressDisplay.rate(rows / seconds, unit)));
    }

    @Override
    public void close() {
        bar.close();
    }
}
