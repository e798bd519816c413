package dev.kombo.engine.shopper;

import dev.kombo.profile.Behavior;
import dev.kombo.profile.EventType;
import dev.kombo.profile.OpenOrder;
import dev.kombo.profile.ShopperEvent;
import org.jspecify.annotations.Nullable;

/**
 * Detects robots by their rate of actions, so that nothing is learned from them and nothing is offered to them.
 */
public final class RobotDetector {
    private final int actionsPerMinute;
    private final long flagMillis;
    private final EventCounts counts;

    /**
     * @param actionsPerMinute most actions per minute of a person
     * @param flagMillis how long a robot stays flagged
     */
    public RobotDetector(int actionsPerMinute, long flagMillis, EventCounts counts) {
        this.actionsPerMinute = actionsPerMinute;
        this.flagMillis = flagMillis;
        this.counts = counts;
    }

    /** Counts the event's action; returns whether it comes from a robot. */
    boolean robot(Behavior behavior, ShopperEvent event) {
        if (!sameOrder(behavior.order(), event) && behavior.rate().action(event.time(), actionsPerMinute, flagMillis)) {
            counts.count(EventCounts.Counted.ROBOT_FLAGGED);
        }
        boolean robot = behavior.rate().robotAt(event.time());
        if (robot) {
            counts.count(EventCounts.Counted.ROBOT_EVENT);
        }
        return robot;
    }

    /** All lines of an order count as one action. */
    private static boolean sameOrder(@Nullable OpenOrder order, ShopperEvent event) {
        return event.type() == EventType.PURCHASE
                && order != null
                && order.orderId().equals(event.orderId());
    }
}
