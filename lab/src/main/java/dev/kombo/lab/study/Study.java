package dev.kombo.lab.study;

import dev.kombo.lab.replay.ProgressDisplay;
import dev.kombo.tracking.uplift.UpliftSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Runs scenarios many times. The results do not depend on how many run at once. */
public final class Study {
    private static final int TRUTH_USERS = 200_000;
    private static final long LONGEST_CLOSE_SECONDS = 10;

    private final UpliftSettings settings;
    private final long seed;
    private final int threads;
    private final ProgressDisplay display;

    /**
     * A study of the settings that ship.
     *
     * @param seed decides all draws
     * @param threads runs at once
     * @param display shows how far it has come; closed by whoever made it
     */
    public Study(long seed, int threads, ProgressDisplay display) {
        this(UpliftSettings.standard(), seed, threads, display);
    }

    Study(UpliftSettings settings, long seed, int threads, ProgressDisplay display) {
        this.settings = settings;
        this.seed = seed;
        this.threads = threads;
        this.display = display;
    }

    /**
     * Runs all built-in scenarios.
     *
     * @param runs of each
     * @throws InterruptedException when the thread is interrupted
     */
    public StudyReport run(int runs) throws InterruptedException {
        return new StudyReport(run(Scenario.builtIn(), runs), settings, seed, runs);
    }

    List<ScenarioResult> run(List<Scenario> scenarios, int runs) throws InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(threads, work -> {
            Thread thread = new Thread(work, "kombo-study");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<ScenarioResult> results = new ArrayList<>();
            long total = (long) scenarios.size() * runs;
            for (Scenario scenario : scenarios) {
                results.add(run(pool, scenario, runs, (long) results.size() * runs, total));
            }
            return results;
        } finally {
            pool.shutdownNow();
            pool.awaitTermination(LONGEST_CLOSE_SECONDS, TimeUnit.SECONDS);
        }
    }

    private ScenarioResult run(ExecutorService pool, Scenario scenario, int runs, long before, long total)
            throws InterruptedException {
        Truth truth = new Truth(scenario, TRUTH_USERS, seed);
        List<Future<RunResult>> running = new ArrayList<>(runs);
        for (int number = 0; number < runs; number++) {
            int which = number;
            running.add(pool.submit(() -> StudyRun.of(scenario, truth, settings, seed, which)));
        }
        List<RunResult> finished = new ArrayList<>(runs);
        for (Future<RunResult> next : running) {
            finished.add(valueOf(next));
            long done = before + finished.size();
            display.update(done, total, done);
        }
        double mean = truth.plain().responseMean();
        return new ScenarioResult(scenario, Math.sqrt(truth.plain().responseVariance()) / mean, finished);
    }

    private static RunResult valueOf(Future<RunResult> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a run failed", e.getCause());
        }
    }
}
