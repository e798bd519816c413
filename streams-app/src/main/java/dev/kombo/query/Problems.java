package dev.kombo.query;

import io.javalin.Javalin;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.NotFoundResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns exceptions into problem documents. */
final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final String RETRY_AFTER_SECONDS = "1";

    private Problems() {}

    static void handle(Javalin server) {
        server.exception(
                StateUnavailableException.class,
                (e, context) -> unavailable(context, "state-unavailable", e.getMessage()));
        server.exception(HttpResponseException.class, Problems::refused);
        server.exception(Exception.class, (e, context) -> {
            LOG.error("{} {} failed", context.method(), context.path(), e);
            write(context, 500, "internal", "Internal error", "see the log of the instance");
        });
    }

    /** Answers 503 and asks to come again. */
    static void unavailable(Context context, String kind, String detail) {
        context.header("Retry-After", RETRY_AFTER_SECONDS);
        write(context, 503, kind, "Not available now", detail);
    }

    private static void refused(HttpResponseException e, Context context) {
        if (e instanceof NotFoundResponse) {
            boolean endpoint = context.attribute(QueryRoutes.UNKNOWN_ID) == null;
            String detail = endpoint ? "there is nothing under this path" : e.getMessage();
            write(context, 404, endpoint ? "unknown-path" : "unknown-id", "Not found", detail);
        } else if (e instanceof BadRequestResponse) {
            write(context, 400, "bad-request", "Bad request", e.getMessage());
        } else {
            write(context, e.getStatus(), "http", "Refused", e.getMessage());
        }
    }

    private static void write(Context context, int status, String kind, String title, String detail) {
        context.status(status);
        context.json(Problem.of(status, kind, title, detail, context.req().getRequestURI()));
        context.contentType(Problem.MEDIA_TYPE);
    }
}
