package dev.kombo.tracking.uplift;

import dev.kombo.catalog.StableHash;
import java.util.concurrent.TimeUnit;

/**
 * Whether a shopper ordered again: a first order within 30 days after entry, and another within 30 days of that. Lines
 * without the number of an order are one order a UTC day. Orders that came back count as orders. Touched by one thread.
 */
final class RepeatedOrder {
    static final long MILLIS = TimeUnit.DAYS.toMillis(30);

    private static final long DAY = TimeUnit.DAYS.toMillis(1);

    private final long enteredAt;
    private long first;
    private long firstAt;
    private boolean repeated;

    RepeatedOrder(long enteredAt) {
        this.enteredAt = enteredAt;
    }

    void restore(long storedFirst, long storedFirstAt, boolean storedRepeated) {
        first = storedFirst;
        firstAt = storedFirstAt;
        repeated = storedRepeated;
    }

    /** A line was bought; {@code orderId} may be null. */
    void bought(String orderId, long time) {
        if (time < enteredAt) {
            return;
        }
        long order = orderId == null ? StableHash.mix(Math.floorDiv(time, DAY)) : StableHash.of(orderId);
        if (firstAt == 0) {
            if (time - enteredAt < MILLIS) {
                first = order;
                firstAt = time;
            }
        } else if (order != first && time - firstAt < MILLIS) {
            repeated = true;
        }
    }

    long first() {
        return first;
    }

    long firstAt() {
        return firstAt;
    }

    boolean repeated() {
        return repeated;
    }
}
