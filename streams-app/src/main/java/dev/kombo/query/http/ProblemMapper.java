package dev.kombo.query.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kombo.query.http.ApiException.Problem;
import java.nio.ByteBuffer;
import java.util.Map;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Converts exceptions to problem documents; Jetty calls it for requests that it cannot read. */
final class ProblemMapper extends ErrorHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemMapper.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Returns the problem that a failed request is answered with. */
    static ApiException of(Throwable failure, Request request) {
        if (failure instanceof ApiException refused) {
            return refused;
        }
        if (failure instanceof HttpException refused) {
            return new ApiException(refused.getCode(), "http", "Refused", refused.getReason());
        }
        LOG.error("{} {} failed", request.getMethod(), request.getHttpURI().getPath(), failure);
        return new ApiException(
                HttpStatus.INTERNAL_SERVER_ERROR_500, "internal", "Internal error", "see the log of the instance");
    }

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
        Problem problem = new Problem("malformed-request", "Refused", status, detail, "", Map.of());
        response.write(true, ByteBuffer.wrap(ResponseWriter.bytes(JSON, problem)), callback);
    }
}
