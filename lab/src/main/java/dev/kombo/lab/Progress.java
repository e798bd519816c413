package dev.kombo.lab;

/** Receives the progress of a run. Calls are cheap enough to make one per event. */
@FunctionalInterface
public interface Progress {
    /** Ignores progress. */
    Progress NONE = (done, total) -> {};

    /**
     * Reports progress.
     *
     * @param done work done so far, 0 to total, in units of about equal time, usually events
     * @param total all work of the run; the same number at every call
     */
    void update(long done, long total);
}
