package dev.kombo.shop.command;

import dev.kombo.console.StopSignal;
import dev.kombo.shop.ProgressDisplay;
import dev.kombo.shop.SeedRunner;
import java.util.List;
import picocli.CommandLine.Option;

/** Runs work with several seeds, as many at once as there are processors, and shows its progress unless told not to. */
public final class SeedRuns {
    @Option(names = "--no-progress", description = "Hide the progress.")
    private boolean noProgress;

    /**
     * Runs the work with each seed.
     *
     * @param task the work, in a word
     * @param unit pieces that are counted, in the plural
     * @return the results in the order of the seeds
     * @throws InterruptedException if asked to stop
     */
    public <T> List<T> run(String task, String unit, SeedRunner.SeededRun<T> work, List<Long> seeds) throws Exception {
        try (StopSignal stop = StopSignal.install();
                ProgressDisplay display = noProgress ? ProgressDisplay.NONE : ProgressDisplay.of(task, unit)) {
            SeedRunner runner = new SeedRunner(Runtime.getRuntime().availableProcessors(), display);
            return stop.interruptibly(() -> runner.run(work, seeds));
        }
    }
}
