package dev.kombo.topology;

import dev.kombo.ops.Counters;
import dev.kombo.profile.Behavior;
import dev.kombo.profile.EventType;
import dev.kombo.profile.OpenOrder;
import dev.kombo.profile.ShopperEvent;
import java.util.concurrent.atomic.LongAdder;

/** Noise removal: tells robots by their rate, so that nothing is learned from them and nothing is offered to them. */
final class EventWatch {
    private final int actionsPerMinute;
    private final long flagMillis;
    private final LongAdder flagged;
    private final LongAdder events;

    EventWatch(int actionsPerMinute, long flagMillis, Counters counters) {
        this.actionsPerMinute = actionsPerMinute;
        this.flagMillis = flagMillis;
        this.flagged = counters.counter("robot.sessions.flagged");
        this.events = counters.counter("robot.events");
    }

    /** Counts the event's action; whether it comes from a robot. */
    boolean robot(Behavior behavior, ShopperEvent event) {
        if (!sameOrder(behavior.order(), event) && behavior.rate().action(event.time(), actionsPerMinute, flagMillis)) {
            flagged.increment();
        }
        boolean robot = behavior.rate().robotAt(event.time());
        if (robot) {
            events.increment();
        }
        return robot;
    }

    /** The lines of an order are one action, however many they are. */
    private static boolean sameOrder(OpenOrder order, ShopperEvent event) {
        return event.type() == EventType.PURCHASE
                && order != null
                && order.orderId().equals(event.orderId());
    }
}
