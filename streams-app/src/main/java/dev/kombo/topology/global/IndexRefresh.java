package dev.kombo.topology.global;

import dev.kombo.catalog.index.CatalogIndex;

/**
 * Rebuilds bundles from their members' models at most once per interval, so that many models that arrive close together
 * cause one rebuild per bundle. The global thread calls it for each model, and stream threads call it from punctuators,
 * so that the last models before a pause are not left waiting. Thread-safe.
 */
public final class IndexRefresh {
    private final CatalogIndex catalog;
    private final long intervalMillis;
    private volatile long last;

    /**
     * @param intervalMillis shortest time between two refreshes; 0: refresh at each call
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
