package dev.kombo.engine;

/** Takes updates for the owners of their entities. */
@FunctionalInterface
public interface TargetUpdates {
    /**
     * Takes an update.
     *
     * @param target {@link dev.kombo.catalog.Target}
     */
    void update(String target, TargetUpdate update);
}
