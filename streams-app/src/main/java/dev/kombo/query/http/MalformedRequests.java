package dev.kombo.query.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.util.Map;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.handler.ErrorHandler;

/** Problem documents for what is no request that could be handed on: a broken path, headers that are too large. */
final class MalformedRequests extends ErrorHandler {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public ByteBuffer badMessageError(int status, String reason, HttpFields.Mutable fields) {
        fields.put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
        String detail = reason == null ? HttpStatus.getMessage(status) : reason;
        // No path is known; an empty reference stands for whatever was asked for.
        return ByteBuffer.wrap(
                Answers.bytes(JSON, Problem.of(status, "malformed-request", "Refused", detail, "", Map.of())));
    }
}
