package dev.kombo.shop;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/**
 * Runs an evaluation or simulation with several seeds, each on a thread of its own. The results do not depend on how
 * many run at once.
 */
public final class SeedRunner {
    /** How long runs that were interrupted may take to end. */
    private static final long LONGEST_CLOSE_SECONDS = 10;

    private final int threads;
    private final ProgressDisplay display;

    /**
     * @param threads most runs at once
     * @param display shows the progress of all runs together; closed by its creator
     */
    public SeedRunner(int threads, ProgressDisplay display) {
        this.threads = threads;
        this.display = display;
    }

    /**
     * Runs all seeds.
     *
     * @return the results in the order of the seeds
     * @throws InterruptedException if the thread is interrupted; the runs are then interrupted too
     * @throws Exception of the first run that fails
     */
    public <T> List<T> run(SeededRun<T> run, List<Long> seeds) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(Math.min(threads, seeds.size()), work -> {
            Thread thread = new Thread(work, "kombo-seed");
            thread.setDaemon(true);
            return thread;
        });
        try {
            Totals totals = new Totals(seeds.size(), display);
            CompletionService<T> running = new ExecutorCompletionService<>(pool);
            List<Future<T>> runs = new ArrayList<>();
            for (int i = 0; i < seeds.size(); i++) {
                int index = i;
                runs.add(running.submit(() -> run.run(seeds.get(index), totals.of(index))));
            }
            for (int finished = 0; finished < seeds.size(); finished++) {
                valueOf(running.take());
            }
            List<T> results = new ArrayList<>();
            for (Future<T> each : runs) {
                results.add(valueOf(each));
            }
            return results;
        } finally {
            pool.shutdownNow();
            pool.awaitTermination(LONGEST_CLOSE_SECONDS, TimeUnit.SECONDS);
        }
    }

    private static <T> T valueOf(Future<T> future) throws Exception {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception failure) {
                throw failure;
            }
            throw (Error) e.getCause();
        }
    }

    /** Progress of each run, shown in sum whenever a run gets on. */
    private static final class Totals {
        private final long[] done;
        private final long[] total;
        private final ProgressDisplay display;

        Totals(int runs, ProgressDisplay display) {
            this.done = new long[runs];
            this.total = new long[runs];
            this.display = display;
        }

        Progress of(int run) {
            return (nowDone, nowTotal) -> show(run, nowDone, nowTotal);
        }

        /** A run that has not begun is assumed to be as long as the longest. */
        private synchronized void show(int run, long nowDone, long nowTotal) {
            done[run] = nowDone;
            total[run] = nowTotal;
            long sum = LongStream.of(done).sum();
            long longest = LongStream.of(total).max().orElseThrow();
            long all = LongStream.of(total).map(of -> of > 0 ? of : longest).sum();
            if (all > 0) {
                display.update(Math.min(sum, all), all, sum);
            }
        }
    }

    /**
     * Work that depends on a seed. Called by several threads at a time, each with another seed.
     *
     * @param <T> type of the result
     */
    @FunctionalInterface
    public interface SeededRun<T> {
        /**
         * Runs with a seed. The result depends only on the seed, not on how many run at once.
         *
         * @throws InterruptedException if the thread is interrupted; long runs check now and then
         */
        T run(long seed, Progress progress) throws InterruptedException;
    }
}
