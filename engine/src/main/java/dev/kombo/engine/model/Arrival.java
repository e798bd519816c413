package dev.kombo.engine.model;

/**
 * When something that was published arrived at an instance.
 *
 * @param systemTime the machine's clock, epoch milliseconds
 * @param publishedAt when the broker received it, epoch milliseconds
 */
public record Arrival(long systemTime, long publishedAt) {}
