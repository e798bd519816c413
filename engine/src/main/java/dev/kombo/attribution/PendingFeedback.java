package dev.kombo.attribution;

/**
 * Offer feedback whose offer is not known yet.
 *
 * @param feedback the feedback
 * @param closesAt when it is given up, epoch milliseconds
 */
public record PendingFeedback(Feedback feedback, long closesAt) {}
