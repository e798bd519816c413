package dev.kombo.query.page;

import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.query.http.ApiException;
import dev.kombo.query.http.EventStream;
import dev.kombo.query.http.EventStream.ServerEvent;
import dev.kombo.query.source.OfferFeed;
import dev.kombo.schema.BundleOffer;
import dev.kombo.serde.OfferJson;
import dev.kombo.serde.OfferMapper;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Streams offers to watchers as they are made. All watchers share one reader of the topic, which starts with the first
 * watcher and stops with the last. At most {@value #MOST_A_SECOND} offers per second are decoded; the rest is only
 * counted. Thread-safe.
 */
public final class LiveOffers implements AutoCloseable {
    public static final int MOST_A_SECOND = 20;
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final Duration SILENCE = Duration.ofSeconds(10);

    private final OfferFeed feed;
    private final CatalogIndex catalog;
    private final LongSupplier nanoTime;
    private final Duration silence;
    private final List<LiveWatcher> watchers = new CopyOnWriteArrayList<>();
    private Reader reader;
    private boolean closed;

    public LiveOffers(OfferFeed feed, CatalogIndex catalog, LongSupplier nanoTime) {
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
        private OfferFeed.Subscription reading;
        private volatile boolean broken;
        private long secondBegan = nanoTime.getAsLong();
        private int shown;

        @Override
        public void offers(List<BundleOffer> offers) {
            long now = nanoTime.getAsLong();
            if (now - secondBegan >= SECOND_NANOS) {
                secondBegan = now;
                shown = 0;
                watchers.forEach(LiveWatcher::sendSkipped);
            }
            int fits = Math.min(offers.size(), MOST_A_SECOND - shown);
            for (BundleOffer offer : offers.subList(0, fits)) {
                if (offer.getDisplay() == null) {
                    offer.setDisplay(OfferMapper.display(offer, catalog));
                }
                ServerEvent event = new ServerEvent("offer", OfferJson.published(offer));
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

    /**
     * One client that watches offers, with a queue of what was not yet written to it. A client that does not keep up
     * misses offers, and receives their number; nobody waits for it.
     */
    static final class LiveWatcher implements EventStream {
        static final int MOST_WAITING = 64;
        private static final ServerEvent END = ServerEvent.comment("end");
        private static final ServerEvent KEEP_ALIVE = ServerEvent.comment("keep-alive");

        private final BlockingQueue<ServerEvent> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
        private final Duration silence;
        private final Consumer<LiveWatcher> leave;
        private volatile boolean ended;
        /** Owned by the thread that reads offers, like the methods that change it. */
        private long skipped;

        LiveWatcher(ServerEvent opening, Duration silence, Consumer<LiveWatcher> leave) {
            this.silence = silence;
            this.leave = leave;
            waiting.add(opening);
        }

        /** Queues an offer. */
        void show(ServerEvent offer) {
            skipped += waiting.offer(offer) ? 0 : 1;
        }

        /** Counts offers that are not shown to anyone. */
        void skip(int offers) {
            skipped += offers;
        }

        /** Queues the number of offers missed since the last such message. */
        void sendSkipped() {
            if (skipped > 0 && waiting.offer(new ServerEvent("skipped", new LiveRoutes.SkippedOffersView(skipped)))) {
                skipped = 0;
            }
        }

        /** Ends the stream after what is queued. */
        void end() {
            ended = true;
            // If the queue is full, the watcher is not waiting and notices the end itself.
            boolean unused = waiting.offer(END);
        }

        @Override
        public ServerEvent next() throws InterruptedException {
            ServerEvent next = ended ? waiting.poll() : waiting.poll(silence.toMillis(), TimeUnit.MILLISECONDS);
            if (next == null) {
                return ended ? null : KEEP_ALIVE;
            }
            return next.equals(END) ? null : next;
        }

        @Override
        public void close() {
            leave.accept(this);
        }
    }
}
