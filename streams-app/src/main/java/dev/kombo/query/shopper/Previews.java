package dev.kombo.query.shopper;

import dev.kombo.engine.event.OfferPreview;
import dev.kombo.query.http.ApiException;
import dev.kombo.ranking.slate.SlateRanker;
import dev.kombo.topology.global.EngineContext;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A small pool of rankers for the API. Each has buffers as large as the catalogue and serves one thread at a time, so
 * their number bounds both memory and the processor time taken from the stream.
 */
public final class Previews {
    private static final int RANKERS = 2;
    private static final long LONGEST_WAIT_MILLIS = 1000;

    private final BlockingQueue<OfferPreview> idle = new LinkedBlockingQueue<>();

    public Previews(EngineContext engine) {
        for (int i = 0; i < RANKERS; i++) {
            idle.add(new OfferPreview(
                    engine.models(),
                    new SlateRanker(engine.models().catalog(), engine.settings().ranking())));
        }
    }

    /**
     * Runs a question on a free ranker.
     *
     * @throws ApiException 503 if all are busy
     */
    <T> T ask(Function<OfferPreview, T> question) {
        OfferPreview preview = take();
        try {
            return question.apply(preview);
        } finally {
            idle.add(preview);
        }
    }

    private OfferPreview take() {
        try {
            OfferPreview preview = idle.poll(LONGEST_WAIT_MILLIS, TimeUnit.MILLISECONDS);
            if (preview == null) {
                throw ApiException.unavailable("busy", "all of the API's rankers are in use");
            }
            return preview;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ApiException.unavailable("busy", "interrupted while waiting for a ranker");
        }
    }
}
