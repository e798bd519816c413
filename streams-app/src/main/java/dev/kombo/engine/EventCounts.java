package dev.kombo.engine;

/** Counts what happened, by name, for the eye of an operator. */
@FunctionalInterface
public interface EventCounts {
    /** Counts one. */
    void count(String name);
}
