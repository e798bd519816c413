package dev.kombo.shop;

/** Receives how far a long computation is, from the computation. Calls are cheap enough to make one per event. */
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

    /** Reports progress; stops the run here if its thread is interrupted. */
    default void step(long done, long total) throws InterruptedException {
        update(done, total);
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }
}
