package dev.kombo.lab.quality.engine;

/**
 * What the topology does by the clock, by the number of events.
 *
 * @param eventsPerPublication events between two publications of changed targets, at least 1
 * @param eventsPerSweep events between two slices of a replay sweep, at least 1
 */
public record EnginePace(int eventsPerPublication, int eventsPerSweep) {
    /** Refuses values out of range. */
    public EnginePace {
        if (eventsPerPublication < 1 || eventsPerSweep < 1) {
            throw new IllegalArgumentException(eventsPerPublication + " events a publication and " + eventsPerSweep
                    + " events a sweep; expected: at least 1 each");
        }
    }
}
