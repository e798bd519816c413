package dev.kombo.query;

import dev.kombo.query.http.EventStream;
import dev.kombo.query.http.ServerEvent;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Somebody who watches offers: what was not written to them yet waits in a queue. Whoever does not keep up misses offers,
 * and is told how many; nobody waits for them.
 */
final class LiveWatcher implements EventStream {
    static final int MOST_WAITING = 64;
    private static final ServerEvent END = ServerEvent.comment("end");
    private static final ServerEvent KEEP_ALIVE = ServerEvent.comment("keep-alive");

    private final BlockingQueue<ServerEvent> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Duration silence;
    private final Consumer<LiveWatcher> leave;
    private volatile boolean ended;
    /** Belongs to the thread that reads offers, as do the methods that change it. */
    private long skipped;

    LiveWatcher(ServerEvent opening, Duration silence, Consumer<LiveWatcher> leave) {
        this.silence = silence;
        this.leave = leave;
        waiting.add(opening);
    }

    /** An offer for them. */
    void show(ServerEvent offer) {
        skipped += waiting.offer(offer) ? 0 : 1;
    }

    /** Offers that nobody is shown. */
    void skip(int offers) {
        skipped += offers;
    }

    /** Tells how many offers they did not get since this was told last. */
    void tellSkipped() {
        if (skipped > 0 && waiting.offer(new ServerEvent("skipped", new LiveRoutes.SkippedOffersView(skipped)))) {
            skipped = 0;
        }
    }

    /** Lets the stream end after what waits. */
    void end() {
        ended = true;
        // Where there is no room, they do not wait either, and see for themselves.
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
