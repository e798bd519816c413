package dev.kombo.cli;

import dev.kombo.instance.CommandContext.Service;
import dev.kombo.query.ScriptedSources;
import dev.kombo.query.source.QuerySources;
import java.time.Duration;

/** A service that does nothing but what a test tells it to. */
final class FakeService implements Service {
    final ScriptedSources sources = new ScriptedSources().withTeaShop();
    volatile boolean started;
    volatile boolean closed;
    volatile boolean failed;

    @Override
    public void start() {
        started = true;
    }

    @Override
    public void awaitRunning(Duration timeout) {}

    @Override
    public boolean failed() {
        return failed;
    }

    @Override
    public QuerySources queries() {
        return sources.sources();
    }

    @Override
    public void close() {
        closed = true;
    }
}
