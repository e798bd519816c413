package dev.kombo.query.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kombo.query.http.ApiException.Problem;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import io.javalin.http.NotFoundResponse;
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

/** Converts exceptions to problem documents. */
final class ProblemMapper {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemMapper.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private ProblemMapper() {}

    static void handle(RoutesConfig routes) {
        routes.exception(ApiException.class, (e, context) -> {
            e.headers().forEach(context::header);
            write(context, e.problem(instance(context)));
        });
        routes.exception(HttpResponseException.class, ProblemMapper::refused);
        routes.exception(Exception.class, (e, context) -> {
            LOG.error("{} {} failed", context.method(), context.path(), e);
            write(context, problem(context, 500, "internal", "Internal error", "see the log of the instance"));
        });
    }

    private static void refused(HttpResponseException e, Context context) {
        if (e instanceof MethodNotAllowedResponse) {
            // Its only detail, whose name depends on what is accepted.
            context.header("Allow", String.join(", ", e.getDetails().values()));
        }
        Problem problem = e instanceof NotFoundResponse
                ? problem(context, 404, "unknown-path", "Not found", "this path does not exist")
                : problem(context, e.getStatus(), "http", "Refused", e.getMessage());
        write(context, problem);
    }

    private static Problem problem(Context context, int status, String kind, String title, String detail) {
        return Problem.of(status, kind, title, detail, instance(context), Map.of());
    }

    private static String instance(Context context) {
        return context.req().getRequestURI();
    }

    private static void write(Context context, Problem problem) {
        context.status(problem.status());
        context.contentType(Problem.MEDIA_TYPE);
        context.result(ResponseWriter.bytes(JSON, problem));
    }

    /** Answers malformed requests, such as a broken path or headers that are too large, with problem documents. */
    static final class MalformedRequests extends ErrorHandler {
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
            response.write(true, ByteBuffer.wrap(ResponseWriter.bytes(JSON, problem)), callback);
        }
    }
}
