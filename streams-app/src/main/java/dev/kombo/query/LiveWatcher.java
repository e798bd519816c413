package dev.kombo.query;

import dev.kombo.query.http.EventStream;
import dev.kombo.query.http.ServerEvent;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One client that watches offers, with a queue of what was not yet written to it. A client that does not keep up misses
 * offers, and receives their number; nobody waits for it.
 */
final class LiveWatcher implements EventStream {
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
    void tellSkipped() {
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
