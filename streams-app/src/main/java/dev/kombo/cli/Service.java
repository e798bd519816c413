package dev.kombo.cli;

import dev.kombo.query.QuerySources;
import java.time.Duration;

/** The service as seen by the commands. */
public interface Service extends AutoCloseable {
    /** Starts processing; returns immediately. */
    void start();

    /** Waits until it processes events; fails if it does not within the time. */
    void awaitRunning(Duration timeout);

    /** Whether it gave up and will not process any more. */
    boolean failed();

    /** The sources of the query API; usable before the start. */
    QuerySources queries();

    /** Stops and waits for its threads. Closing twice has no effect. */
    @Override
    void close();
}
