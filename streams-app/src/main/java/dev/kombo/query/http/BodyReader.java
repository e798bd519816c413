package dev.kombo.query.http;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content.Chunk;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;

/**
 * Reads request bodies as they arrive, within bounds of size and time: otherwise a client that sends a byte now and
 * then, or none, would hold a slot for ever. No thread waits for a body. Thread-safe.
 *
 * @param most bytes that are accepted
 * @param nanoTime a monotonic clock, in nanoseconds
 */
record BodyReader(int most, LongSupplier nanoTime) {
    private static final long LONGEST_SECONDS = 30;
    private static final long GRACE_SECONDS = 3;
    private static final long LEAST_BYTES_A_SECOND = 1_000;

    /**
     * Requires a body that is accepted, as far as its headers tell.
     *
     * @param forms accepted media types
     * @throws ApiException 413 if it is too large, 415 if its type is not accepted
     */
    void check(HttpFields headers, List<BodySchema> forms) {
        String type = headers.get(HttpHeader.CONTENT_TYPE);
        String media = type == null ? "" : BodySchema.mediaTypeOf(type);
        if (forms.stream().noneMatch(form -> form.mediaType().equals(media))) {
            throw unsupported("a body of "
                    + forms.stream().map(BodySchema::mediaType).collect(Collectors.joining(" or "))
                    + " is expected, found " + (type == null ? "none" : type));
        }
        if (headers.contains(HttpHeader.CONTENT_ENCODING)) {
            throw unsupported("the body must not be encoded");
        }
        if (headers.getLongField(HttpHeader.CONTENT_LENGTH) > most) {
            throw tooLarge();
        }
    }

    /**
     * Reads the body of a request. The future fails with an {@link ApiException}: 400 if the body does not match its
     * headers, 408 if it does not arrive in time, 413 if it is too large.
     */
    CompletableFuture<byte[]> read(Request request) {
        Reading reading = new Reading(request, nanoTime.getAsLong());
        reading.requirePace();
        reading.run();
        return reading.whole;
    }

    /** Reads one body, without trusting the header's length, as a body may come in chunks. */
    private final class Reading implements Runnable {
        private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final Request request;
        private final long start;
        private volatile int count;

        Reading(Request request, long start) {
            this.request = request;
            this.start = start;
        }

        /** Called by Jetty whenever more of the body is there; what comes too late is read, too, but not kept. */
        @Override
        public void run() {
            while (true) {
                Chunk chunk = request.read();
                if (chunk == null) {
                    request.demand(this);
                    return;
                }
                if (Chunk.isFailure(chunk)) {
                    fail(refused(chunk.getFailure()));
                    return;
                }
                if (!whole.isDone()) {
                    bytes.writeBytes(BufferUtil.toArray(chunk.getByteBuffer()));
                    count = bytes.size();
                }
                chunk.release();
                if (count > most) {
                    fail(tooLarge());
                    return;
                }
                if (chunk.isLast()) {
                    whole.complete(bytes.toByteArray());
                    return;
                }
            }
        }

        /** Ends the reading if the body is too slow, and looks again after a second, whether or not a byte arrives. */
        private void requirePace() {
            long seconds = TimeUnit.NANOSECONDS.toSeconds(nanoTime.getAsLong() - start);
            if (seconds >= LONGEST_SECONDS || count < (seconds - GRACE_SECONDS) * LEAST_BYTES_A_SECOND) {
                fail(tooSlow());
            } else if (!whole.isDone()) {
                request.getComponents().getScheduler().schedule(this::requirePace, 1, TimeUnit.SECONDS);
            }
        }

        private void fail(ApiException refused) {
            whole.completeExceptionally(refused);
        }
    }

    private static ApiException refused(Throwable failure) {
        return failure instanceof HttpException broken
                ? ApiException.badField("body", "the body does not match its headers: " + broken.getReason())
                : tooSlow(); // Nothing came for as long as the connection may be idle, or the client has left.
    }

    private static ApiException unsupported(String detail) {
        return new ApiException(415, "unsupported-type", "Unsupported media type", detail);
    }

    private ApiException tooLarge() {
        return new ApiException(413, "too-large", "Content too large", "at most " + most + " bytes are accepted");
    }

    private static ApiException tooSlow() {
        return new ApiException(
                408,
                "too-slow",
                "Request timeout",
                "the body did not arrive within " + LONGEST_SECONDS + " seconds, or came slower than "
                        + LEAST_BYTES_A_SECOND + " bytes a second");
    }
}
