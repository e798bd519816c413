package dev.kombo.ops;

/**
 * What an instance did since it started, in a few figures that show whether it works: sums that only grow, so that two
 * readings give a rate.
 *
 * @param accepted new events
 * @param duplicate events processed before
 * @param rejected invalid events
 * @param offers slates offered, inside and outside of experiments
 * @param emptySlates triggers that led to no offer
 * @param offerLatency from the time of an event to its offer
 * @param ranking duration of ranking a slate
 */
public record Activity(
        long accepted,
        long duplicate,
        long rejected,
        long offers,
        long emptySlates,
        Histogram offerLatency,
        Histogram ranking) {}
