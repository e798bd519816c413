package dev.kombo.lab.replay;

import dev.kombo.cli.CommandException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;

/**
 * How fast events are replayed.
 *
 * @param factor times real time, as the events' own times tell it; infinite: as fast as they are taken
 */
public record ReplaySpeed(double factor) {
    /** As fast as the broker takes the events. */
    public static final ReplaySpeed MAX = new ReplaySpeed(Double.POSITIVE_INFINITY);

    /** Checks the factor. */
    public ReplaySpeed {
        if (!(factor > 0)) {
            throw CommandException.mistake("a speed must be above 0, found " + factor);
        }
    }

    /** Reads {@code max}, or a factor such as {@code 60x}, {@code 60×} or {@code 60}. */
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
     * A pacer for one run: how long an event of a time, in epoch milliseconds, has yet to wait; zero or less: not at all. Its
     * clock starts with the first event that it is asked for.
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
            return Duration.ofNanos((long) (dueAfterMillis * 1_000_000) - (now - first.get()[1]));
        };
    }
}
