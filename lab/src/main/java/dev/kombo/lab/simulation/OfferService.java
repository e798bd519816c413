package dev.kombo.lab.simulation;

import dev.kombo.schema.BehaviorEvent;
import java.util.List;

/** The service as seen by shoppers: events go in, offers come out. */
@FunctionalInterface
interface OfferService {
    /**
     * Lets the service process events.
     *
     * @param events in order of time
     * @return the offers that they triggered
     */
    List<ShownSlate> process(List<BehaviorEvent> events) throws InterruptedException;
}
