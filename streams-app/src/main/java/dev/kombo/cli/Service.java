package dev.kombo.cli;

import dev.kombo.query.QuerySources;
import java.time.Duration;

/** The service as the commands use it. */
public interface Service extends AutoCloseable {
    /** Starts to process; returns at once. */
    void start();

    /** Returns once it processes events. Fails when it does not within the time. */
    void awaitRunning(Duration timeout);

    /** Whether it gave up and will not process any more. */
    boolean failed();

    /** What the query API answers from; usable before the start. */
    QuerySources queries();

    /** Stops and waits for its threads. Closing twice does nothing. */
    @Override
    void close();
}
