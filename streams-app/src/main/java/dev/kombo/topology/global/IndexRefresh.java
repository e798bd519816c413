package dev.kombo.topology.global;

import dev.kombo.catalog.index.CatalogIndex;

/**
 * Lets bundles follow their members' models once an interval: of many models that come close together, each bundle is
 * assembled once. The global thread asks at each model, and the stream threads at their timers, so that the last models
 * before a silence are not left waiting. Touched by any thread.
 */
public final class IndexRefresh {
    private final CatalogIndex catalog;
    private final long intervalMillis;
    private volatile long last;

    /**
     * @param intervalMillis shortest time between two refreshes; 0: at each call
     */
    IndexRefresh(CatalogIndex catalog, long intervalMillis) {
        this.catalog = catalog;
        this.intervalMillis = intervalMillis;
    }

    /** Refreshes if the interval has passed, or if the machine's clock was set back. */
    public void run(long systemTime) {
        long since = systemTime - last;
        if (since >= intervalMillis || since < 0) {
            last = systemTime;
            catalog.refresh();
        }
    }
}
