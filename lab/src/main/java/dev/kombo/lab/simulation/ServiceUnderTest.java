package dev.kombo.lab.simulation;

/** A service that is asked for its report at the end. */
interface ServiceUnderTest extends OfferService {
    /** What the service says of itself after the last event. */
    ServiceReport report() throws InterruptedException;
}
