package dev.kombo.lab.replay;

import dev.kombo.cli.CommandException;
import java.time.Duration;
import java.util.Locale;
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

    /** A pacer for one run. Its clock starts with the first event that it is asked for. */
    Pacer pacer(LongSupplier nanoTime) {
        return new Pacer(factor, nanoTime);
    }

    static final class Pacer {
        private final double factor;
        private final LongSupplier nanoTime;
        private boolean started;
        private long firstEventTime;
        private long startedAt;

        private Pacer(double factor, LongSupplier nanoTime) {
            this.factor = factor;
            this.nanoTime = nanoTime;
        }

        /** How long an event of the time, in epoch milliseconds, has yet to wait; zero or less: not at all. */
        Duration untilDue(long eventTime) {
            if (Double.isInfinite(factor)) {
                return Duration.ZERO;
            }
            long now = nanoTime.getAsLong();
            if (!started) {
                started = true;
                firstEventTime = eventTime;
                startedAt = now;
            }
            double dueAfterMillis = (eventTime - firstEventTime) / factor;
            return Duration.ofNanos((long) (dueAfterMillis * 1_000_000) - (now - startedAt));
        }
    }
}
