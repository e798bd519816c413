package dev.kombo.engine.event;

import dev.kombo.profile.Behavior;
import dev.kombo.profile.EventType;
import dev.kombo.profile.OpenOrder;
import dev.kombo.profile.ShopperEvent;
import dev.kombo.settings.Millis;
import org.jspecify.annotations.Nullable;

/**
 * Detects robots by their rate of actions, so that nothing is learned from them and nothing is offered to them.
 */
public final class RobotDetector {
    /**
     * How long a robot stays flagged, in milliseconds of event time: as long as a visit usually pauses before it counts
     * as ended, so that a crawler that slows down now and then stays flagged.
     */
    public static final long FLAG_MILLIS = 30 * Millis.MINUTE;

    private final int actionsPerMinute;
    private final EventCounts counts;

    /**
     * @param actionsPerMinute most actions per minute of a person
     */
    public RobotDetector(int actionsPerMinute, EventCounts counts) {
        this.actionsPerMinute = actionsPerMinute;
        this.counts = counts;
    }

    /** Counts the event's action; returns whether it comes from a robot. */
    boolean robot(Behavior behavior, ShopperEvent event) {
        if (!sameOrder(behavior.order(), event)
                && behavior.rate().action(event.time(), actionsPerMinute, FLAG_MILLIS)) {
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
