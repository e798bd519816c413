package dev.kombo.ops;

import org.slf4j.Logger;

/**
 * Limits logging to a hundred lines per minute, so that a topic full of bad records does not fill the disk.
 * Thread-safe.
 */
public final class LogLimit {
    private static final int MOST_LINES = 100;
    private static final long MINUTE_MILLIS = 60_000;

    private final Logger log;
    private final String topic;
    private long linesSince;
    private int lines;

    public LogLimit(Logger log, String topic) {
        this.log = log;
        this.topic = topic;
    }

    /** Whether another line may be logged; at the start of a new minute logs how many were suppressed. */
    public synchronized boolean mayLog(long now) {
        if (now - linesSince >= MINUTE_MILLIS || now < linesSince) {
            if (lines > MOST_LINES) {
                log.warn("{} more lines about {} were suppressed", lines - MOST_LINES, topic);
            }
            linesSince = now;
            lines = 0;
        }
        return ++lines <= MOST_LINES;
    }
}
