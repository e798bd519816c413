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
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content.Chunk;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;

/**
 * Reads request bodies as they arrive, within bounds of size and time: otherwise a client that sends a byte now and
 * then, or none, would hold memory for ever. No thread waits for a body. Thread-safe.
 */
final class BodyReader {
    private static final long LONGEST_SECONDS = 30;
    private static final long LEAST_BYTES_A_SECOND = 1_000;

    private final int most;
    private final long graceSeconds;
    private final BodyBytes together;
    private final LongSupplier nanoTime;

    /**
     * @param most bytes of a body that are accepted
     * @param graceSeconds a body must begin within them, and come at {@value #LEAST_BYTES_A_SECOND} bytes a second
     *     after them
     * @param together bounds the bytes of all bodies
     * @param nanoTime a monotonic clock, in nanoseconds
     */
    BodyReader(int most, long graceSeconds, BodyBytes together, LongSupplier nanoTime) {
        this.most = most;
        this.graceSeconds = graceSeconds;
        this.together = together;
        this.nanoTime = nanoTime;
    }

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
     * headers, 408 if it does not arrive in time, 413 if it is too large, 503 if it has to make room for others.
     *
     * @param client null: not counted by client
     */
    CompletableFuture<byte[]> read(Request request, Client client) {
        Reading reading = new Reading(request, client, nanoTime.getAsLong());
        reading.requirePace();
        reading.run();
        return reading.whole;
    }

    /** Reads one body, without trusting the header's length, as a body may come in chunks. */
    private final class Reading implements Runnable {
        private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
        private final Request request;
        private final BodyBytes.Body held;
        private final long start;
        /** Null once the reading has ended, whoever ended it. */
        private ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        private volatile int count;

        Reading(Request request, Client client, long start) {
            this.request = request;
            this.held = together.begin(client, () -> fail(noRoom()));
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
                keep(BufferUtil.toArray(chunk.getByteBuffer()));
                chunk.release();
                if (count > most) {
                    fail(tooLarge());
                    return;
                }
                if (chunk.isLast()) {
                    byte[] body = end();
                    if (body != null) {
                        whole.complete(body);
                    }
                    return;
                }
            }
        }

        /** Ends the reading if the body is too slow, and looks again after a second, whether or not a byte arrives. */
        private void requirePace() {
            long seconds = TimeUnit.NANOSECONDS.toSeconds(nanoTime.getAsLong() - start);
            long due = Math.max(1, (seconds - graceSeconds) * LEAST_BYTES_A_SECOND);
            if (seconds >= LONGEST_SECONDS || (seconds >= graceSeconds && count < due)) {
                fail(tooSlow());
            } else if (!whole.isDone()) {
                request.getComponents().getScheduler().schedule(this::requirePace, 1, TimeUnit.SECONDS);
            }
        }

        private void keep(byte[] arrived) {
            synchronized (this) {
                if (bytes == null) {
                    return;
                }
                bytes.writeBytes(arrived);
                count = bytes.size();
            }
            // Without the lock, as another body may have to make room, or this one.
            held.add(arrived.length);
        }

        /** Ends the reading; returns what was read, or null if it has ended before. */
        private byte[] end() {
            held.end();
            synchronized (this) {
                byte[] read = bytes == null ? null : bytes.toByteArray();
                bytes = null;
                return read;
            }
        }

        private void fail(ApiException refused) {
            if (end() != null) {
                whole.completeExceptionally(refused);
            }
        }
    }

    private ApiException refused(Throwable failure) {
        return failure instanceof HttpException broken
                ? ApiException.badField("body", "the body does not match its headers: " + broken.getReason())
                : tooSlow(); // Nothing came for as long as the connection may be idle, or the client has left.
    }

    private static ApiException unsupported(String detail) {
        return new ApiException(
                HttpStatus.UNSUPPORTED_MEDIA_TYPE_415, "unsupported-type", "Unsupported media type", detail);
    }

    private ApiException tooLarge() {
        return new ApiException(
                HttpStatus.PAYLOAD_TOO_LARGE_413,
                "too-large",
                "Content too large",
                "at most " + most + " bytes are accepted");
    }

    private ApiException tooSlow() {
        return new ApiException(
                        HttpStatus.REQUEST_TIMEOUT_408,
                        "too-slow",
                        "Request timeout",
                        "the body did not begin within " + graceSeconds + " s or end within " + LONGEST_SECONDS
                                + " s, or came slower than " + LEAST_BYTES_A_SECOND + " bytes a second")
                .whileBodyArrives();
    }

    private static ApiException noRoom() {
        return ApiException.unavailable(
                        "busy",
                        "too many bodies arrive at the same time, of which this one had to make room for others")
                .whileBodyArrives();
    }
}
