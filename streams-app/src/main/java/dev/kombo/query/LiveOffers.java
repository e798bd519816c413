package dev.kombo.query;

import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.query.http.ApiException;
import dev.kombo.query.http.EventStream;
import dev.kombo.query.http.ServerEvent;
import dev.kombo.schema.BundleOffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;

/**
 * Streams offers to watchers as they are made. All watchers share one reader of the topic, which starts with the first
 * watcher and stops with the last. At most {@value #MOST_A_SECOND} offers per second are decoded; the rest is only
 * counted. Thread-safe.
 */
final class LiveOffers implements AutoCloseable {
    static final int MOST_A_SECOND = 20;
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final Duration SILENCE = Duration.ofSeconds(10);

    private final OfferFeed feed;
    private final CatalogIndex catalog;
    private final LongSupplier nanoTime;
    private final Duration silence;
    private final List<LiveWatcher> watchers = new CopyOnWriteArrayList<>();
    private Reader reader;
    private boolean closed;

    LiveOffers(OfferFeed feed, CatalogIndex catalog, LongSupplier nanoTime) {
        this(feed, catalog, nanoTime, SILENCE);
    }

    /**
     * @param nanoTime a monotonic clock, in nanoseconds
     * @param silence time without offers after which watchers receive a comment
     */
    LiveOffers(OfferFeed feed, CatalogIndex catalog, LongSupplier nanoTime, Duration silence) {
        this.feed = feed;
        this.catalog = catalog;
        this.nanoTime = nanoTime;
        this.silence = silence;
    }

    /**
     * Returns a stream of offers from now on.
     *
     * @param opening first event of the stream
     * @throws ApiException 503 if the instance is stopping
     */
    synchronized EventStream watch(ServerEvent opening) {
        if (closed) {
            throw ApiException.unavailable("stopping", "the instance stops");
        }
        if (reader == null || reader.broken) {
            end();
            Reader next = new Reader();
            next.reading = feed.read(next);
            reader = next;
        }
        LiveWatcher watcher = new LiveWatcher(opening, silence, this::leave);
        watchers.add(watcher);
        if (reader.broken) {
            // The reader may have failed before it knew of this watcher.
            watcher.end();
        }
        return watcher;
    }

    private synchronized void leave(LiveWatcher watcher) {
        watchers.remove(watcher);
        if (watchers.isEmpty()) {
            end();
        }
    }

    private void end() {
        if (reader != null) {
            reader.reading.close();
            reader = null;
        }
    }

    /** Ends all streams; no new ones are accepted. */
    @Override
    public synchronized void close() {
        closed = true;
        watchers.forEach(LiveWatcher::end);
    }

    /** Passes what is read to all watchers. Its own state belongs to the reading thread. */
    private final class Reader implements OfferFeed.Listener {
        private OfferFeed.StoreReading reading;
        private volatile boolean broken;
        private long secondBegan = nanoTime.getAsLong();
        private int shown;

        @Override
        public void offers(List<BundleOffer> offers) {
            long now = nanoTime.getAsLong();
            if (now - secondBegan >= SECOND_NANOS) {
                secondBegan = now;
                shown = 0;
                watchers.forEach(LiveWatcher::tellSkipped);
            }
            int fits = Math.min(offers.size(), MOST_A_SECOND - shown);
            for (BundleOffer offer : offers.subList(0, fits)) {
                ServerEvent event = new ServerEvent("offer", LiveOfferView.of(offer, catalog));
                watchers.forEach(watcher -> watcher.show(event));
            }
            shown += fits;
            watchers.forEach(watcher -> watcher.skip(offers.size() - fits));
        }

        @Override
        public void failed() {
            broken = true;
            watchers.forEach(LiveWatcher::end);
        }
    }
}
