package dev.kombo.query.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the response of a request. No thread waits for the client, who must read it in a time that its size allows. A
 * response to a read carries an entity tag, so that a client that asks again learns that nothing changed.
 */
final class ResponseWriter {
    private static final Logger LOG = LoggerFactory.getLogger(ResponseWriter.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TAG_BYTES = 12;
    private static final int WORTH_COMPRESSING = 1500;
    private static final int WRITE_MILLIS = 5_000;
    private static final int READ_ON_MILLIS = 5_000;
    private static final int MOST_BYTES_READ_ON = 16 << 20;

    /** As many as Jetty reads of the body that a handler has not read. */
    private static final int MOST_CHUNKS = 16;

    private static final int LEAST_BYTES_A_MILLI = 64;

    private final Request request;
    private final Response response;
    private final Callback callback;

    ResponseWriter(Request request, Response response, Callback callback) {
        this.request = request;
        this.response = response;
        this.callback = callback;
    }

    Request request() {
        return request;
    }

    Response response() {
        return response;
    }

    void write(ApiResponse answer) {
        HttpFields.Mutable headers = response.getHeaders();
        answer.headers().forEach(headers::put);
        response.setStatus(answer.status());
        if (answer.body() instanceof EventStream stream) {
            write(stream);
            return;
        }
        ApiResponse.Content content = answer.body() instanceof ApiResponse.Content made
                ? made
                : new ApiResponse.Content("application/json", bytes(JSON, answer.body()));
        headers.put(HttpHeader.CONTENT_TYPE, content.type());
        if (answer.status() == HttpStatus.OK_200 && (HttpMethod.GET.is(request.getMethod()) || head())) {
            // Weak, since the same response may be sent compressed or not; If-Match needs a strong tag of an entry.
            String digest = digest(content.bytes());
            String entry = answer.headers().get("ETag");
            String tag = entry == null
                    ? "W/\"" + digest + "\""
                    : entry.substring(0, entry.length() - 1) + "." + digest + "\"";
            headers.put(HttpHeader.ETAG, tag);
            if (matches(request.getHeaders().get(HttpHeader.IF_NONE_MATCH), tag)) {
                response.setStatus(HttpStatus.NOT_MODIFIED_304);
                send(new byte[0], callback);
                return;
            }
        }
        send(content.bytes(), callback);
    }

    /** Answers with the problem document of a failure. */
    void fail(Throwable failure) {
        ApiException refused = ProblemMapper.of(failure, request);
        if (response.isCommitted()) {
            callback.failed(failure);
            return;
        }
        Callback end = callback;
        if (refused.bodyArrives()) {
            // BodyReader reads what the client still sends.
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
            end = Callback.from(this::closeSoon, callback::failed);
        } else if (!readsBody()) {
            // The rest of the body would be taken for the next request.
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
            if (sendsBody()) {
                end = Callback.from(() -> new BodyRest().run(), callback::failed);
            }
        }
        refused.headers().forEach(response.getHeaders()::put);
        response.setStatus(refused.status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, ApiException.Problem.MEDIA_TYPE);
        send(bytes(JSON, refused.problem(request.getHttpURI().getPath())), end);
    }

    /** Reads what has arrived of the body, and returns whether that is the whole body. */
    private boolean readsBody() {
        for (int i = 0; i < MOST_CHUNKS; i++) {
            Content.Chunk chunk = request.read();
            if (chunk == null || Content.Chunk.isFailure(chunk)) {
                return false;
            }
            chunk.release();
            if (chunk.isLast()) {
                return true;
            }
        }
        return false;
    }

    /** Whether the client sends a body: it may wait for 100 Continue, and requests that read need no body. */
    private boolean sendsBody() {
        boolean waits = request.getHeaders().contains(HttpHeader.EXPECT) && Request.getContentBytesRead(request) == 0;
        return !waits && !HttpMethod.GET.is(request.getMethod()) && !head();
    }

    private void closeSoon() {
        scheduler()
                .schedule(
                        () -> {
                            client().close();
                            callback.succeeded();
                        },
                        1,
                        TimeUnit.SECONDS);
    }

    /**
     * Reads what a client sends after a refusal, within bounds: if a connection is closed while the client still sends,
     * the client may lose the response. Jetty's own {@code consumeAvailable} lets all later reads fail.
     */
    private final class BodyRest implements Runnable {
        private final Scheduler.Task overdue =
                scheduler().schedule(client()::close, READ_ON_MILLIS, TimeUnit.MILLISECONDS);
        private long bytes;

        /** Called by Jetty whenever more of the body is there, or the connection has ended. */
        @Override
        public void run() {
            while (true) {
                Content.Chunk chunk = request.read();
                if (chunk == null) {
                    request.demand(this);
                    return;
                }
                bytes += chunk.remaining();
                chunk.release();
                if (chunk.isLast() || Content.Chunk.isFailure(chunk) || bytes > MOST_BYTES_READ_ON) {
                    overdue.cancel();
                    callback.succeeded();
                    return;
                }
            }
        }
    }

    private boolean head() {
        return HttpMethod.HEAD.is(request.getMethod());
    }

    private EndPoint client() {
        return request.getConnectionMetaData().getConnection().getEndPoint();
    }

    private Scheduler scheduler() {
        return request.getComponents().getScheduler();
    }

    /** Sends the body, and closes the connection of a client that does not read it in time. */
    private void send(byte[] body, Callback end) {
        String accepted = request.getHeaders().get(HttpHeader.ACCEPT_ENCODING);
        byte[] sent = body;
        if (body.length > WORTH_COMPRESSING && accepted != null && accepted.contains("gzip")) {
            response.getHeaders().put(HttpHeader.CONTENT_ENCODING, "gzip");
            sent = compressed(body);
        }
        Scheduler.Task overdue = scheduler()
                .schedule(
                        () -> client().close(new TimeoutException("the client does not read")),
                        WRITE_MILLIS + sent.length / LEAST_BYTES_A_MILLI,
                        TimeUnit.MILLISECONDS);
        response.write(true, ByteBuffer.wrap(sent), Callback.from(overdue::cancel, end));
    }

    private static byte[] compressed(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written to", e);
        }
        return out.toByteArray();
    }

    static byte[] bytes(ObjectMapper mapper, Object body) {
        try {
            return mapper.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer cannot be written as JSON", e);
        }
    }

    private static boolean matches(String known, String tag) {
        return known != null
                && Arrays.stream(known.split(",", -1)).map(String::strip).anyMatch(tag::equals);
    }

    private static String digest(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, TAG_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /**
     * Writes server-sent events in the format of the HTML standard, each event immediately, until the stream has ended
     * or the client has left.
     */
    private void write(EventStream stream) {
        response.getHeaders()
                .put(HttpHeader.CONTENT_TYPE, EventStream.MEDIA_TYPE)
                .put(HttpHeader.CACHE_CONTROL, "no-store")
                // Otherwise a proxy such as nginx would hold events back until its buffer is full.
                .put("X-Accel-Buffering", "no");
        try (stream) {
            EventStream.ServerEvent event = head() ? null : stream.next();
            for (; event != null; event = stream.next()) {
                Content.Sink.write(response, false, ByteBuffer.wrap(bytes(event)));
            }
        } catch (IOException e) {
            LOG.debug("A client closed its stream: {}", e.toString());
        } catch (InterruptedException e) {
            LOG.debug("A stream ends: its client has left, or the server is stopping");
        }
        response.write(true, BufferUtil.EMPTY_BUFFER, callback);
    }

    private static byte[] bytes(EventStream.ServerEvent event) {
        // JSON as written here contains no line breaks, which would end the data.
        String text = event.name() == null
                ? ": " + event.data() + "\n\n"
                : "event: " + event.name() + "\ndata: " + new String(bytes(JSON, event.data()), StandardCharsets.UTF_8)
                        + "\n\n";
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Cancels the writing of a stream within a second of the client's leaving, which no write would show so soon. */
    void endWhenClientLeaves(Future<?> writing) {
        if (writing.isDone()) {
            return;
        }
        try {
            // Nothing is expected of the client any more.
            if (client().fill(BufferUtil.allocate(1)) == 0) {
                scheduler().schedule(() -> endWhenClientLeaves(writing), 1, TimeUnit.SECONDS);
                return;
            }
        } catch (IOException e) {
            LOG.debug("A client broke its stream off: {}", e.toString());
        }
        writing.cancel(true);
    }
}
