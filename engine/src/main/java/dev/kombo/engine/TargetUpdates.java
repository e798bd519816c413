package dev.kombo.engine;

/** Takes updates on their way to the owners of their targets. */
@FunctionalInterface
public interface TargetUpdates {
    /**
     * Takes an update.
     *
     * @param target {@link dev.kombo.catalog.Target}
     */
    void update(String target, TargetUpdate update);
}
