package dev.kombo.shop.replay;

import dev.kombo.console.CommandException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;

/**
 * How fast a replay publishes events: as a multiple of real time, or as fast as it can.
 *
 * @param factor times real time, by the events' own times; infinite: as fast as they are accepted
 */
public record ReplaySpeed(double factor) {
    /** As fast as the broker accepts the events. */
    public static final ReplaySpeed MAX = new ReplaySpeed(Double.POSITIVE_INFINITY);

    private static final double NANOS_PER_MILLI = 1e6;

    /** Checks the factor. */
    public ReplaySpeed {
        if (!(factor > 0)) {
            throw CommandException.mistake("a speed must be above 0, found " + factor);
        }
    }

    /** Parses {@code max}, or a factor such as {@code 60x}, {@code 60×} or {@code 60}. */
    public static ReplaySpeed parse(String text) {
        String value = text.strip().toLowerCase(Locale.ROOT);
        if (value.equals("max")) {
            return MAX;
        }
        boolean suffixed = value.endsWith("x") || value.endsWith("×");
        try {
            return new ReplaySpeed(Double.parseDouble(suffixed ? value.substring(0, value.length() - 1) : value));
        } catch (NumberFormatException e) {
            throw CommandException.mistake("expected max or a factor of real time such as 60x, found " + text);
        }
    }

    /**
     * Returns a pacer for one run: it maps an event's time, in epoch milliseconds, to the remaining wait; zero or less:
     * none. Its clock starts with the first event.
     */
    LongFunction<Duration> pacer(LongSupplier nanoTime) {
        if (Double.isInfinite(factor)) {
            return eventTime -> Duration.ZERO;
        }
        long[] start = {};
        AtomicReference<long[]> first = new AtomicReference<>(start);
        return eventTime -> {
            long now = nanoTime.getAsLong();
            first.compareAndSet(start, new long[] {eventTime, now});
            double dueAfterMillis = (eventTime - first.get()[0]) / factor;
            return Duration.ofNanos((long) (dueAfterMillis * NANOS_PER_MILLI) - (now - first.get()[1]));
        };
    }
}
