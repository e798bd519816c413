package dev.kombo.metric;

import dev.kombo.settings.Millis;
import org.slf4j.Logger;

/**
 * Limits logging to some lines per minute, a hundred by default, so that a topic full of bad records does not fill the
 * disk. Thread-safe.
 */
public final class LogLimit {
    private static final int MOST_LINES = 100;

    private final Logger log;
    private final String topic;
    private final int mostLines;
    private long linesSince;
    private int lines;

    public LogLimit(Logger log, String topic) {
        this(log, topic, MOST_LINES);
    }

    /** @param mostLines that are logged in a minute */
    public LogLimit(Logger log, String topic, int mostLines) {
        this.log = log;
        this.topic = topic;
        this.mostLines = mostLines;
    }

    /** Whether another line may be logged; at the start of a new minute logs how many were suppressed. */
    public synchronized boolean mayLog(long now) {
        if (now - linesSince >= Millis.MINUTE || now < linesSince) {
            if (lines > mostLines) {
                log.warn("{} more lines about {} were suppressed", lines - mostLines, topic);
            }
            linesSince = now;
            lines = 0;
        }
        return ++lines <= mostLines;
    }
}
