package dev.kombo.cli;

import java.time.Duration;

/** Retention times for people. */
final class Retention {
    private Retention() {}

    /** {@code 30 days} for 2592000000 milliseconds. */
    static String text(String millis) {
        Duration time = Duration.ofMillis(Long.parseLong(millis));
        if (time.isNegative()) {
            return "for ever";
        }
        if (time.toDays() > 0 && Duration.ofDays(time.toDays()).equals(time)) {
            return time.toDays() == 1 ? "1 day" : time.toDays() + " days";
        }
        return millis + " ms";
    }
}
