package dev.kombo.ops;

import dev.kombo.settings.Millis;
import org.slf4j.Logger;

/**
 * Limits logging to a hundred lines per minute, so that a topic full of bad records does not fill the disk.
 * Thread-safe.
 */
public final class LogLimit {
    private static final int MOST_LINES = 100;

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
        if (now - linesSince >= Millis.MINUTE || now < linesSince) {
            if (lines > MOST_LINES) {
                log.warn("{} more lines about {} were suppressed", lines - MOST_LINES, topic);
            }
            linesSince = now;
            lines = 0;
        }
        return ++lines <= MOST_LINES;
    }
}
