package dev.kombo.lab.simulation;

import dev.kombo.schema.BehaviorEvent;
import java.util.List;

/** The service as shoppers see it: events go in, offers come out. */
@FunctionalInterface
interface OfferService {
    /**
     * Lets the service process events.
     *
     * @param events in order of time
     * @return the offers that it made in answer to them
     */
    List<Slate> process(List<BehaviorEvent> events) throws InterruptedException;
}
