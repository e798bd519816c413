package dev.kombo.attribution;

/**
 * A touch whose offer is not known (yet).
 *
 * @param touch the touch
 * @param closesAt when it is given up, epoch milliseconds
 */
public record WaitingTouch(Touch touch, long closesAt) {}
