package dev.kombo.lab.quality.protocol;

/** Hears how far a run has come. Cheap to call, for each event if need be. */
@FunctionalInterface
public interface Progress {
    /** Listens to nobody. */
    Progress NONE = (done, total) -> {};

    /**
     * Takes note of progress.
     *
     * @param done work done so far, 0 to total, in a unit that takes about the same time each: events, as a rule
     * @param total all work of the run; the same number at every call
     */
    void update(long done, long total);
}
