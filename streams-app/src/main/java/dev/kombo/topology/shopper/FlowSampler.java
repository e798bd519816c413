package dev.kombo.topology.shopper;

import dev.kombo.engine.event.EventCounts;
import dev.kombo.metric.Counters;
import dev.kombo.metric.KomboMetric;
import dev.kombo.ops.Measurements;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts the events of one task's flow, and times one ranking in {@value #ONE_IN}, since timing every one would cost
 * more than it is worth. Not thread-safe; used by the task's stream thread.
 */
final class FlowSampler implements EventCounts {
    private static final int ONE_IN = 16;

    private final Counters counters;
    private final LongAdder offers;
    private final LongAdder offersOutside;
    private final LongAdder robotsFlagged;
    private final LongAdder robotEvents;
    private final Measurements measurements;
    private int rankings;

    FlowSampler(Counters counters, Measurements measurements) {
        this.counters = counters;
        this.offers = counters.counter(KomboMetric.OFFERS, "yes");
        this.offersOutside = counters.counter(KomboMetric.OFFERS, "no");
        this.robotsFlagged = counters.counter(KomboMetric.ROBOTS_FLAGGED);
        this.robotEvents = counters.counter(KomboMetric.ROBOT_EVENTS);
        this.measurements = measurements;
    }

    @Override
    public void count(Counted what) {
        switch (what) {
            case OFFER -> offers.increment();
            case OFFER_OUTSIDE -> offersOutside.increment();
            case ROBOT_FLAGGED -> robotsFlagged.increment();
            case ROBOT_EVENT -> robotEvents.increment();
        }
    }

    @Override
    public void noOffer(String reason) {
        counters.count(KomboMetric.OFFERS_EMPTY, reason);
    }

    @Override
    public long rankingBegins() {
        return rankings++ % ONE_IN == 0 ? measurements.nanoTime() : NOT_TIMED;
    }

    @Override
    public void ranked(long begun) {
        if (begun != NOT_TIMED) {
            measurements.ranked(measurements.nanoTime() - begun);
        }
    }
}
