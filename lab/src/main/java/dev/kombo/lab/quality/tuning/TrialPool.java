package dev.kombo.lab.quality.tuning;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes trials on several threads, each but once: those that the journal has are not made again. After the budget is
 * used up none is started; those that run are waited for. Used by one thread.
 */
final class TrialPool implements AutoCloseable {
    private static final long LOOK_MILLIS = 200;
    private static final long LONGEST_CLOSE_SECONDS = 10;

    private final Trial trial;
    private final Journal journal;
    private final SuccessiveHalving.Budget budget;
    private final long startedAt;
    private final ExecutorService threads;
    private final SearchWatcher watcher;
    private final Map<TrialResult.Key, TrialResult> done = new LinkedHashMap<>();

    /** Trials made by any thread; {@link #done} has them a little later. */
    private final AtomicInteger made = new AtomicInteger();

    TrialPool(Trial trial, Journal journal, SuccessiveHalving.Budget budget, SearchWatcher watcher) {
        this.trial = trial;
        this.journal = journal;
        this.budget = budget;
        this.startedAt = budget.nanoTime().getAsLong();
        this.watcher = watcher;
        this.threads = Executors.newFixedThreadPool(budget.threads(), work -> {
            Thread thread = new Thread(work, "kombo-trial");
            thread.setDaemon(true);
            return thread;
        });
        journal.found().forEach(result -> done.put(result.key(), result));
        made.set(done.size());
    }

    /** Seconds that the search has been running for, earlier runs included. */
    private double elapsedSeconds() {
        return journal.elapsedBefore() + (budget.nanoTime().getAsLong() - startedAt) / 1e9;
    }

    /**
     * Makes those of the trials that are not done.
     *
     * @return whether all are done now; else the budget is used up
     * @throws IOException when the journal cannot be written
     */
    boolean run(Collection<TrialResult.Key> keys) throws IOException, InterruptedException {
        List<Future<TrialResult>> running = new ArrayList<>();
        for (TrialResult.Key key : keys) {
            if (!done.containsKey(key)) {
                running.add(threads.submit(() -> make(key)));
            }
        }
        try {
            boolean all = true;
            for (Future<TrialResult> future : running) {
                TrialResult result = await(future);
                all &= result != null;
                if (result != null) {
                    done.put(result.key(), result);
                }
            }
            watcher.update(elapsedSeconds(), made.get());
            return all;
        } finally {
            running.forEach(future -> future.cancel(true));
        }
    }

    /** A trial done, or null. */
    TrialResult result(TrialResult.Key key) {
        return done.get(key);
    }

    /** Whether any trial succeeded. */
    boolean anySuccess() {
        return done.values().stream().anyMatch(result -> result.score() != null);
    }

    /** All trials done, in the order in which they were asked for. */
    Collection<TrialResult> results() {
        return done.values();
    }

    private TrialResult await(Future<TrialResult> future) throws IOException, InterruptedException {
        while (true) {
            try {
                return future.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                watcher.update(elapsedSeconds(), made.get());
            } catch (ExecutionException e) {
                if (e.getCause() instanceof IOException io) {
                    throw io;
                }
                if (e.getCause() instanceof InterruptedException interrupted) {
                    throw interrupted;
                }
                if (e.getCause() instanceof Error error) {
                    throw error;
                }
                throw new IllegalStateException(e.getCause());
            }
        }
    }

    /** Null where the budget is used up. A trial that throws has failed; the search goes on. */
    private TrialResult make(TrialResult.Key key) throws IOException, InterruptedException {
        if (elapsedSeconds() >= budget.seconds()) {
            return null;
        }
        long from = budget.nanoTime().getAsLong();
        Double score = null;
        String error = null;
        try {
            score = trial.run(key.settings(), key.share(), key.seed());
            if (!Double.isFinite(score)) {
                error = "the objective is " + score;
                score = null;
            }
        } catch (RuntimeException e) {
            error = e.getClass().getSimpleName() + ": " + e.getMessage();
        }
        TrialResult result =
                new TrialResult(key, score, error, (budget.nanoTime().getAsLong() - from) / 1e9);
        journal.add(result, elapsedSeconds());
        made.incrementAndGet();
        return result;
    }

    /** Tells what runs to stop. */
    @Override
    public void close() {
        threads.shutdownNow();
        try {
            threads.awaitTermination(LONGEST_CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
