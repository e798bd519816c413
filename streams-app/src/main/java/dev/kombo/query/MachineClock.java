package dev.kombo.query;

import java.util.function.LongSupplier;

/**
 * The machine's clocks.
 *
 * @param millis epoch milliseconds
 * @param nanos nanoseconds of a monotonic clock
 */
public record MachineClock(LongSupplier millis, LongSupplier nanos) {
    /** Epoch milliseconds now. */
    long now() {
        return millis.getAsLong();
    }
}
