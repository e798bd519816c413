package dev.kombo.ops;

/**
 * What an instance did since it started, in the few figures that tell whether it works: sums that only grow, so that two
 * looks give a rate.
 *
 * @param accepted events that were new
 * @param duplicate events that were known
 * @param rejected events that could not be used
 * @param offers slates that were offered, inside and outside of experiments
 * @param emptySlates triggers that no offer followed
 * @param offerLatency from the time of an event to its offer
 * @param ranking of slates
 */
public record Activity(
        long accepted,
        long duplicate,
        long rejected,
        long offers,
        long emptySlates,
        Histogram offerLatency,
        Histogram ranking) {}
