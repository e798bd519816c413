package dev.kombo.lab.quality.engine;

/**
 * What the topology does by the clock, by the number of events. Sweeps come by the number of updates, as in the topology.
 *
 * @param eventsPerPublication events between two publications of changed targets, at least 1
 */
public record EnginePace(int eventsPerPublication) {
    /** Refuses values out of range. */
    public EnginePace {
        if (eventsPerPublication < 1) {
            throw new IllegalArgumentException(eventsPerPublication + " events a publication; expected: at least 1");
        }
    }
}
