package dev.kombo.attribution;

/**
 * Offer feedback whose offer is not known yet.
 *
 * @param touch the feedback
 * @param closesAt when it is given up, epoch milliseconds
 */
public record WaitingTouch(Touch touch, long closesAt) {}
