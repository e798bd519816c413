package dev.kombo.lab.simulation;

import dev.kombo.schema.BehaviorEvent;
import java.util.List;

/** The service as the simulated shop sees it: events go in, offers come out, and at the end there is a report. */
interface ServiceUnderTest {
    /**
     * Lets the service process events.
     *
     * @param events in order of time
     * @return the offers that it made in answer to them
     */
    List<Slate> process(List<BehaviorEvent> events) throws InterruptedException;

    /** What the service says of itself after the last event. */
    ServiceReport report() throws InterruptedException;
}
