package dev.kombo.query.source;

/**
 * A value read from a store.
 *
 * @param value the value
 * @param stale whether it comes from a copy that may be behind: a standby, or a partition being moved
 */
public record StoreReading<T>(T value, boolean stale) {}
