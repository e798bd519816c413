package dev.kombo.engine;

/** Counts what happened, for the eye of an operator. */
@FunctionalInterface
public interface EventCounts {
    /** Of a ranking that is not timed. */
    long NOT_TIMED = Long.MIN_VALUE;

    /** What is counted. */
    enum Counted {
        /** An offer was made within the experiment. */
        OFFER,
        /** An offer was made to a shopper, or on a placement, that the strategy leaves out. */
        OFFER_OUTSIDE,
        /** A shopper was taken for a robot anew. */
        ROBOT_FLAGGED,
        /** An event came from a shopper that is taken for a robot. */
        ROBOT_EVENT
    }

    /** Counts one. */
    void count(Counted what);

    /** An offer was due and not made, for a reason of a few fixed words. */
    default void noOffer(String reason) {}

    /** A ranking begins: a reading of a clock of its own for {@link #ranked}, or {@link #NOT_TIMED}. */
    default long rankingBegins() {
        return NOT_TIMED;
    }

    /** The ranking ended that began at a reading. */
    default void ranked(long begun) {}
}
