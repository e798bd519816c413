package dev.kombo.lab.quality.live;

import dev.kombo.lab.quality.engine.EnginePace;
import dev.kombo.ops.KomboMetric;
import java.util.List;

/**
 * Holds the input so that a service learns as an engine in process does: shoppers' tasks and items' tasks keep up, and each
 * event gets its replay sweeps. Also watches how far behind the service is, whether it holds the input or not. Not
 * thread-safe.
 */
final class InputGate {
    /** Events that may be sent and not yet learned from. */
    private static final long MOST_WAITING = 400;
    /** Item updates that may be sent and not yet applied: about as many as 200 events make. */
    private static final long MOST_ITEM_LAG = 4_000;
    /** Events between two looks at most. */
    private static final int STEP = 20;

    private static final double SECOND_NANOS = 1e9;

    private final ServiceFigures services;
    private final LivePlan plan;
    private final EnginePace pace;
    private final Waiting waiting;
    private final boolean sweeping;
    private final long slicesBefore;
    private final long acceptedBefore;
    private final long startedAt = System.nanoTime();
    private long open;
    private long mostItemLag;
    private long mostWaiting;

    /**
     * A gate before the first event.
     *
     * @param sweeping whether the service sweeps at all
     */
    InputGate(ServiceFigures services, LivePlan plan, EnginePace pace, Waiting waiting, boolean sweeping) {
        this.services = services;
        this.plan = plan;
        this.pace = pace;
        this.waiting = waiting;
        this.sweeping = sweeping;
        this.slicesBefore = services.count(KomboMetric.SWEEP_SLICES);
        this.acceptedBefore = services.count(KomboMetric.EVENTS, "accepted");
    }

    /**
     * Returns when the next event may be sent.
     *
     * @param sent events sent so far
     */
    void await(long sent) throws InterruptedException {
        if (sent < open) {
            return;
        }
        if (plan.paced()) {
            waiting.until(
                    "the service catches up",
                    () -> look(sent) > sent,
                    () -> List.of(accepted(), slices(), services.count(KomboMetric.TARGET_UPDATES, "applied")));
            open = Math.min(sent + STEP, look(sent));
        } else {
            look(sent);
            open = sent + STEP;
        }
    }

    /** The number of events that may have been sent by now. */
    long look(long sent) {
        long itemLag = services.count(KomboMetric.TARGET_UPDATES, "sent")
                - services.count(KomboMetric.TARGET_UPDATES, "applied");
        long accepted = accepted();
        mostItemLag = Math.max(mostItemLag, itemLag);
        mostWaiting = Math.max(mostWaiting, sent - accepted);
        if (itemLag > MOST_ITEM_LAG) {
            return sent;
        }
        double byTime = (System.nanoTime() - startedAt) / SECOND_NANOS * plan.rate();
        // One slice of each task is always under way.
        long bySweeps = sweeping ? (slices() + plan.partitions()) * pace.eventsPerSweep() : Long.MAX_VALUE;
        return Math.min(Math.min((long) byTime, bySweeps), accepted + MOST_WAITING);
    }

    /** Events learned from since the start. */
    long accepted() {
        return services.count(KomboMetric.EVENTS, "accepted") - acceptedBefore;
    }

    /** Slices of replay sweeps since the start. */
    long slices() {
        return services.count(KomboMetric.SWEEP_SLICES) - slicesBefore;
    }

    /** Most item updates seen on their way: sent and not yet applied. */
    long mostItemLag() {
        return mostItemLag;
    }

    /** Most events seen waiting. */
    long mostWaiting() {
        return mostWaiting;
    }

    /** Seconds since the start. */
    double seconds() {
        return (System.nanoTime() - startedAt) / SECOND_NANOS;
    }
}
