package dev.kombo.query.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;

/**
 * Writes responses. A response to a read carries an entity tag, so that a client that asks again learns that nothing
 * changed.
 */
final class Answers {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<HandlerType> READS = Set.of(HandlerType.GET, HandlerType.HEAD);
    private static final int OK = 200;
    private static final int NOT_MODIFIED = 304;
    private static final int TAG_BYTES = 12;

    private Answers() {}

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
}
