package dev.kombo.engine.event;

/** Counts what happens to events, for monitoring. */
@FunctionalInterface
public interface EventCounts {
    /** Returned by {@link #rankingBegins} where a ranking is not timed. */
    long NOT_TIMED = Long.MIN_VALUE;

    /** The events that are counted. */
    enum Counted {
        /** An offer was made within the experiment. */
        OFFER,
        /** An offer was made outside the experiment: the shopper or the placement is not eligible. */
        OFFER_OUTSIDE,
        /** A shopper was newly flagged as a robot. */
        ROBOT_FLAGGED,
        /** An event came from a shopper flagged as a robot. */
        ROBOT_EVENT
    }

    /** Counts one. */
    void count(Counted what);

    /** An offer was due but not made; the reason is one of a few fixed words. */
    default void noOffer(String reason) {}

    /** A ranking begins: returns a clock reading for {@link #ranked}, or {@link #NOT_TIMED}. */
    default long rankingBegins() {
        return NOT_TIMED;
    }

    /** A ranking ended; {@code begun} is the reading of {@link #rankingBegins}. */
    default void ranked(long begun) {}
}
