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

/** Answers malformed requests, such as a broken path or headers that are too large, with problem documents. */
final class MalformedRequests extends ErrorHandler {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** By default Jetty omits the body for unknown methods, such as that of a broken request. */
    @Override
    public boolean errorPageForMethod(String method) {
        return true;
    }

    @Override
    protected void generateResponse(
            Request request, Response response, int status, String message, Throwable cause, Callback callback) {
        // Without a reason, Jetty's message is the name of a class.
        String reason = cause instanceof HttpException known ? known.getReason() : cause == null ? message : null;
        String detail = reason == null ? HttpStatus.getMessage(status) : reason;
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
        // The path is unknown, so the instance is an empty reference.
        Problem problem = Problem.of(status, "malformed-request", "Refused", detail, "", Map.of());
        response.write(true, ByteBuffer.wrap(Answers.bytes(JSON, problem)), callback);
    }
}
