package dev.kombo.lab.quality.tuning;

import java.nio.file.Path;

/** A search in a process of its own, to be killed: each trial takes a while. */
final class KilledSearch {
    private static final long TRIAL_MILLIS = 20;

    private KilledSearch() {}

    public static void main(String[] arguments) throws Exception {
        Trial slow = (settings, share, seed) -> {
            Thread.sleep(TRIAL_MILLIS);
            return Searches.score(settings, share, seed);
        };
        new Searches().search(Searches.SMALL, slow, Path.of(arguments[0]), 1e5, 2);
    }
}
