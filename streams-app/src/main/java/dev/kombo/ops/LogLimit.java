package dev.kombo.ops;

import org.slf4j.Logger;

/** A topic full of bad records must not fill the disk with log: a hundred lines a minute. Any thread may ask. */
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

    /** Whether there may be one more line; in a new minute, says first how many were kept back. */
    public synchronized boolean mayLog(long now) {
        if (now - linesSince >= MINUTE_MILLIS || now < linesSince) {
            if (lines > MOST_LINES) {
                log.warn("{} more lines about {} were kept back", lines - MOST_LINES, topic);
            }
            linesSince = now;
            lines = 0;
        }
        return ++lines <= MOST_LINES;
    }
}
