package dev.kombo.lab.quality.tuning;

/** Hears how far a search has come. */
@FunctionalInterface
public interface SearchWatcher {
    /** Listens to nobody. */
    SearchWatcher NONE = (seconds, trials) -> {};

    /**
     * Takes note of progress.
     *
     * @param seconds that the search has been running for, earlier runs included
     * @param trials done, those of earlier runs included
     */
    void update(double seconds, int trials);
}
