package dev.kombo.query;

/**
 * What was read from a store.
 *
 * @param value what was found
 * @param stale whether it comes from a copy that may be behind: a standby, or a partition on the move
 */
public record Reading<T>(T value, boolean stale) {}
