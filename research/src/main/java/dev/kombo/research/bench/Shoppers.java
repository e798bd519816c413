package dev.kombo.research.bench;

/** Who acts in a made-up shop, and when. Not thread-safe. */
interface Shoppers {
    /** Returns the number of the user who acts next. */
    int next();

    /** Notes of how many events the act of that user consists. */
    void acted(int events);

    /**
     * Returns the event time of an event that is made now, in epoch milliseconds.
     *
     * @param made events of all kinds before it
     */
    long time(long made);

    /** Whether a user's events come together, so that one has several offers within minutes. */
    boolean together();
}
