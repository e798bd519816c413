package dev.kombo.engine.entity;

/** Takes updates of items and bundles, to be sent to the tasks that own their rows. */
@FunctionalInterface
public interface EntityUpdates {
    /**
     * Takes an update.
     *
     * @param entity {@link dev.kombo.entity.Entity}
     */
    void update(String entity, EntityUpdate update);
}
