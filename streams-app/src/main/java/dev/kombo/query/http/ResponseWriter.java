package dev.kombo.query.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kombo.query.http.EventStream.ServerEvent;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes responses. A response to a read carries an entity tag, so that a client that asks again learns that nothing
 * changed.
 */
final class ResponseWriter {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<HandlerType> READS = Set.of(HandlerType.GET, HandlerType.HEAD);
    private static final int OK = 200;
    private static final int NOT_MODIFIED = 304;
    private static final int TAG_BYTES = 12;

    private ResponseWriter() {}

    static void write(Answer answer, Context context) {
        answer.headers().forEach(context::header);
        context.status(answer.status());
        if (answer.body() instanceof EventStream stream) {
            EventStreams.write(stream, context);
            return;
        }
        Answer.Content content = content(answer.body());
        context.contentType(content.type());
        if (answer.status() == OK && READS.contains(context.method())) {
            // Weak, since the same response may be sent compressed or not; If-Match needs a strong tag of an entry.
            String digest = digest(content.bytes());
            String entry = answer.headers().get("ETag");
            String tag = entry == null
                    ? "W/\"" + digest + "\""
                    : entry.substring(0, entry.length() - 1) + "." + digest + "\"";
            context.header("ETag", tag);
            if (matches(context.header("If-None-Match"), tag)) {
                context.status(NOT_MODIFIED);
                return;
            }
        }
        context.result(content.bytes());
    }

    private static Answer.Content content(Object body) {
        return body instanceof Answer.Content content
                ? content
                : new Answer.Content("application/json", bytes(JSON, body));
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

    /** Writes server-sent events in the format of the HTML standard, each event immediately. */
    private static final class EventStreams {
        private static final Logger LOG = LoggerFactory.getLogger(EventStreams.class);
        private static final ObjectMapper JSON = new ObjectMapper();

        private EventStreams() {}

        /** Writes until the stream has ended or the client has left. */
        static void write(EventStream stream, Context context) {
            context.contentType(EventStream.MEDIA_TYPE);
            context.header("Cache-Control", "no-store");
            // Otherwise a proxy such as nginx would hold events back until its buffer is full.
            context.header("X-Accel-Buffering", "no");
            try (stream) {
                if (context.method().equals(HandlerType.HEAD)) {
                    return;
                }
                // Not the context's own output, which compresses and so holds events back as well.
                OutputStream out = context.res().getOutputStream();
                for (ServerEvent event = stream.next(); event != null; event = stream.next()) {
                    out.write(bytes(event));
                    out.flush();
                }
            } catch (IOException e) {
                LOG.debug("A client closed its stream: {}", e.toString());
            } catch (InterruptedException e) {
                // The server is stopping.
                Thread.currentThread().interrupt();
            }
        }

        static byte[] bytes(ServerEvent event) {
            // JSON as written here contains no line breaks, which would end the data.
            String text = event.name() == null
                    ? ": " + event.data() + "\n\n"
                    : "event: " + event.name() + "\ndata: "
                            + new String(ResponseWriter.bytes(JSON, event.data()), StandardCharsets.UTF_8) + "\n\n";
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }
}
