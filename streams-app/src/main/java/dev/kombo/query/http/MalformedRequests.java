package dev.kombo.query.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.util.Map;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Problem documents for what is no request that could be handed on: a broken path, headers that are too large. */
final class MalformedRequests extends ErrorHandler {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Jetty would leave the body out of answers to methods that it does not know, such as that of a broken request. */
    @Override
    public boolean errorPageForMethod(String method) {
        return true;
    }

    @Override
    protected void generateResponse(
            Request request, Response response, int status, String message, Throwable cause, Callback callback) {
        // Without a reason of its own, Jetty's message is the name of a class.
        String reason = cause instanceof HttpException known ? known.getReason() : cause == null ? message : null;
        String detail = reason == null ? HttpStatus.getMessage(status) : reason;
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
        // No path is known; an empty reference stands for whatever was asked for.
        Problem problem = Problem.of(status, "malformed-request", "Refused", detail, "", Map.of());
        response.write(true, ByteBuffer.wrap(Answers.bytes(JSON, problem)), callback);
    }
}
