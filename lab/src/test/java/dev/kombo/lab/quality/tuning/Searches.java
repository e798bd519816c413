package dev.kombo.lab.quality.tuning;

import dev.kombo.catalog.StableHash;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A search of two made-up settings whose best values are known: a rate of 0.03 and 40 factors. */
final class Searches {
    static final String RATE = "kombo.learning.user.rate";
    static final String FACTORS = "kombo.learning.factors";
    static final SearchSpace SPACE =
            SearchSpace.of(Parameter.logarithmic(RATE, 0.0001, 1), Parameter.integer(FACTORS, 8, 128));

    /** Few enough values that a search comes to their end: 12 configurations and the defaults. */
    static final SearchSpace SMALL = SearchSpace.of(
            Parameter.choice(RATE, "0.001", "0.01", "0.03", "0.3"), Parameter.choice(FACTORS, "16", "40", "100"));

    private static final Map<String, String> DEFAULTS = Map.of(RATE, "0.9", FACTORS, "120");

    /** A clock that only trials move: by a minute for the whole stream. */
    final AtomicLong nanos = new AtomicLong();

    final AtomicInteger runs = new AtomicInteger();

    static SearchHeader header(SearchSpace space) {
        return new SearchHeader("made-up", "score", space.describe(), Map.of(), 1);
    }

    /** 1 at the best values, less with the distance from them; a little noise by seed, more where less was seen. */
    static double score(Map<String, String> settings, double share, long seed) {
        double rate = Double.parseDouble(settings.getOrDefault(RATE, DEFAULTS.get(RATE)));
        double factors = Double.parseDouble(settings.getOrDefault(FACTORS, DEFAULTS.get(FACTORS)));
        double distance = Math.hypot(Math.log10(rate / 0.03), (factors - 40) / 60);
        long hash =
                StableHash.combine(StableHash.of(settings.toString()), StableHash.combine(seed, (long) (9 * share)));
        return share * (1 - distance) + 0.02 * (StableHash.unit(hash) - 0.5) / share;
    }

    Trial trial() {
        return (settings, share, seed) -> {
            runs.incrementAndGet();
            nanos.addAndGet((long) (60e9 * share));
            return score(settings, share, seed);
        };
    }

    SearchResult search(SearchSpace space, Trial trial, Path file, double minutes, int threads)
            throws IOException, InterruptedException {
        try (Journal journal = Journal.open(file, header(space), true)) {
            return SuccessiveHalving.search(
                    new Objective("score", space, trial),
                    1,
                    journal,
                    new SuccessiveHalving.Budget(60 * minutes, threads, nanos::get),
                    SearchWatcher.NONE);
        }
    }
}
