package dev.kombo.engine.model;

/**
 * The times at which the broker received a published record and at which the record arrived at an instance of the
 * service.
 *
 * @param systemTime the machine's clock, epoch milliseconds
 * @param publishedAt when the broker received it, epoch milliseconds
 */
public record Arrival(long systemTime, long publishedAt) {}
