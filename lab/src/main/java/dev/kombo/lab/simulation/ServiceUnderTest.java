package dev.kombo.lab.simulation;

/** A service whose report is read at the end. */
interface ServiceUnderTest extends OfferService {
    /** Returns the service's report after the last event. */
    ServiceReport report() throws InterruptedException;
}
