package dev.kombo.lab.quality.tuning;

import dev.kombo.catalog.StableHash;
import dev.kombo.lab.quality.metrics.Spread;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Random search with successive halving: many configurations see a little of the stream, the best third of them three
 * times as much, and so on to the whole. Jamieson, Talwalkar, "Non-stochastic Best Arm Identification and Hyperparameter
 * Optimization", 2016; Li et al. (Hyperband, 2018) name the trade-off: what needs long to become good may be dropped.
 *
 * <p>A bracket is one such tournament; brackets follow each other until the time is up. The first is small, so that there
 * is an answer soon. The defaults take part in the first one and are never dropped, so that the best can be compared with
 * them. The best of each bracket see the whole stream with further seeds, as one seed may be lucky; all trials of one
 * share have the same seed.
 *
 * <p>What is tried depends on the seed and the results alone, not on time or threads: so a search that was interrupted
 * goes on as if it had not been.
 */
public final class SuccessiveHalving {
    /** The share of configurations that goes on, and of the stream that they see, is one to this. */
    static final int ETA = 3;

    /** Seeds with which the best of a bracket are confirmed. */
    static final int CONFIRMING_SEEDS = 3;

    /** Of the stream, rung by rung. */
    private static final double[] SHARES = {1.0 / (ETA * ETA), 1.0 / ETA, 1};

    private static final int FIRST_BRACKET = 9;
    private static final int BRACKET = 27;

    private final SearchSpace space;
    private final long seed;
    private final TrialPool pool;
    private final Map<Map<String, String>, Configuration> tried = new LinkedHashMap<>();

    private SuccessiveHalving(SearchSpace space, long seed, TrialPool pool) {
        this.space = space;
        this.seed = seed;
        this.pool = pool;
    }

    /**
     * How long and on how many threads to search.
     *
     * @param seconds time for the whole search, earlier runs of the journal included; a trial that runs at the end of it is
     *     waited for
     * @param nanoTime clock, in nanoseconds
     */
    public record Budget(double seconds, int threads, LongSupplier nanoTime) {}

    /**
     * Searches until the budget is used up, all that the space holds is tried, or nothing of the first bracket succeeds.
     *
     * @param seed of the draws, and of the first run of each trial; the others follow it
     * @param journal keeps the trials; those that it has are not made again
     * @param watcher hears now and then of the seconds gone and of the number of trials done
     * @throws IOException when the journal cannot be written
     * @throws InterruptedException when the thread is interrupted; the journal has what was finished
     */
    public static SearchResult search(
            Objective objective, long seed, Journal journal, Budget budget, SearchWatcher watcher)
            throws IOException, InterruptedException {
        try (TrialPool pool = new TrialPool(objective.trial(), journal, budget, watcher)) {
            return new SuccessiveHalving(objective.space(), seed, pool).search();
        }
    }

    private SearchResult search() throws IOException, InterruptedException {
        boolean goesOn = true;
        for (int bracket = 1; goesOn; bracket++) {
            List<Configuration> entrants = configurations(bracket);
            goesOn = !entrants.isEmpty() && tournament(entrants) && pool.anySuccess();
        }
        return result();
    }

    /** The entrants of a bracket; what was tried in an earlier one is not tried again. */
    private List<Configuration> configurations(int bracket) {
        List<Configuration> entrants = new ArrayList<>();
        if (bracket == 1) {
            enter(Configuration.DEFAULTS, entrants);
        }
        int count = bracket == 1 ? FIRST_BRACKET : BRACKET;
        for (int i = 1; i <= count; i++) {
            long hash = StableHash.combine(StableHash.mix(seed), StableHash.combine(bracket, i));
            enter(new Configuration(bracket + "." + i, space.draw(hash)), entrants);
        }
        return entrants;
    }

    private void enter(Configuration configuration, List<Configuration> entrants) {
        if (tried.putIfAbsent(configuration.settings(), configuration) == null) {
            entrants.add(configuration);
        }
    }

    /** Runs a bracket; false where the budget is used up. */
    private boolean tournament(List<Configuration> entrants) throws IOException, InterruptedException {
        List<Configuration> left = entrants;
        for (int rung = 0; rung < SHARES.length; rung++) {
            if (rung > 0) {
                left = best(left, SHARES[rung - 1], count(left) / ETA);
            }
            if (!pool.run(keys(left, SHARES[rung], 1))) {
                return false;
            }
        }
        return pool.run(keys(best(left, 1, ETA), 1, CONFIRMING_SEEDS));
    }

    /** Drawn ones among some configurations. */
    private static int count(List<Configuration> configurations) {
        return configurations.size() - (configurations.contains(Configuration.DEFAULTS) ? 1 : 0);
    }

    private Set<TrialResult.Key> keys(List<Configuration> configurations, double share, int seeds) {
        Set<TrialResult.Key> keys = new LinkedHashSet<>();
        for (int i = 0; i < seeds; i++) {
            for (Configuration configuration : configurations) {
                keys.add(new TrialResult.Key(configuration.settings(), share, seed + i));
            }
        }
        return keys;
    }

    /** The best of some configurations by their first seed, without those that failed; the defaults always go on. */
    private List<Configuration> best(List<Configuration> entrants, double share, int count) {
        List<Standing> standings = new ArrayList<>();
        for (Configuration entrant : entrants) {
            Spread scores = scores(entrant, share, 1);
            if (scores != null && !entrant.equals(Configuration.DEFAULTS)) {
                standings.add(new Standing(entrant, share, scores));
            }
        }
        standings.sort(Standing.BEST_FIRST);
        List<Configuration> best = new ArrayList<>();
        if (entrants.contains(Configuration.DEFAULTS)) {
            best.add(Configuration.DEFAULTS);
        }
        standings.stream().limit(Math.max(1, count)).forEach(standing -> best.add(standing.configuration()));
        return best;
    }

    /** Scores at a share, of the first seeds up to one that was not tried or failed; null where there are none. */
    private Spread scores(Configuration configuration, double share, int seeds) {
        List<Double> scores = new ArrayList<>();
        for (int i = 0; i < seeds; i++) {
            TrialResult result = pool.result(new TrialResult.Key(configuration.settings(), share, seed + i));
            if (result == null || result.score() == null) {
                break;
            }
            scores.add(result.score());
        }
        return scores.isEmpty() ? null : Spread.of(scores);
    }

    private SearchResult result() {
        List<Standing> standings = new ArrayList<>();
        for (Configuration configuration : tried.values()) {
            for (int rung = SHARES.length - 1; rung >= 0; rung--) {
                Spread scores = scores(configuration, SHARES[rung], CONFIRMING_SEEDS);
                if (scores != null) {
                    standings.add(new Standing(configuration, SHARES[rung], scores));
                    break;
                }
            }
        }
        standings.sort(Standing.BEST_FIRST);
        List<TrialResult> failed =
                pool.results().stream().filter(result -> result.score() == null).toList();
        return new SearchResult(
                standings,
                pool.results().size(),
                failed.size(),
                failed.isEmpty() ? null : failed.get(0).error());
    }
}
