package dev.kombo.engine;

/** Counts what happened, for the eye of an operator; where it likes to, it also looks at how it happened. */
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

    /** Whether to look at the steps of the next event; asked once an event, since what {@link #step} tells costs time. */
    default boolean looksAtSteps() {
        return false;
    }

    /**
     * A step of the matrix factorisation is about to be taken.
     *
     * @param touched whether on the target of the event, not on a negative sample
     * @param loss of the score before the step, not weighted
     * @param userNorm Euclidean norm of the shopper's factors
     * @param targetNorm Euclidean norm of the target's factors
     */
    default void step(boolean touched, double loss, double userNorm, double targetNorm) {}
}
