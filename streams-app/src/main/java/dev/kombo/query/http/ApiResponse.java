package dev.kombo.query.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jetty.http.HttpStatus;

/**
 * The response of an endpoint.
 *
 * @param status HTTP status
 * @param body written as JSON; {@link Content} unchanged, {@link EventStream} for as long as it lasts
 * @param headers further headers
 */
public record ApiResponse(int status, Object body, Map<String, String> headers) {
    /**
     * Bytes of a media type.
     *
     * @param bytes must not be modified
     */
    public record Content(String type, byte[] bytes) {}

    /** 200 with a body. */
    public static ApiResponse ok(Object body) {
        return new ApiResponse(HttpStatus.OK_200, body, Map.of());
    }

    /** 202: the change was published, and takes effect in a moment. */
    public static ApiResponse accepted(Object body) {
        return new ApiResponse(HttpStatus.ACCEPTED_202, body, Map.of());
    }

    /** 200 with text of a media type. */
    public static ApiResponse text(String type, String text) {
        return ok(new Content(type, text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Returns this response with a further header. */
    public ApiResponse with(String name, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(name, value);
        return new ApiResponse(status, body, all);
    }
}
