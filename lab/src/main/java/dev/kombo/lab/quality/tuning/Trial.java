package dev.kombo.lab.quality.tuning;

import java.util.Map;

/** Tries settings. Called by several threads at a time. */
@FunctionalInterface
public interface Trial {
    /**
     * Runs over the head of the stream.
     *
     * @param settings by full name; those not named have their defaults
     * @param share of the stream, above 0 and at most 1
     * @return the objective, higher is better; depends on the arguments alone
     * @throws InterruptedException when the thread is interrupted; long runs look now and then
     */
    double run(Map<String, String> settings, double share, long seed) throws InterruptedException;
}
