package dev.kombo.engine.entity;

/** Takes updates for the owners of their entities. */
@FunctionalInterface
public interface EntityUpdates {
    /**
     * Takes an update.
     *
     * @param entity {@link dev.kombo.catalog.Entity}
     */
    void update(String entity, EntityUpdate update);
}
