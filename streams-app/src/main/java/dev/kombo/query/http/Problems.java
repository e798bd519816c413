package dev.kombo.query.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import io.javalin.http.NotFoundResponse;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Converts exceptions to problem documents. */
final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private Problems() {}

    static void handle(RoutesConfig routes) {
        routes.exception(ApiException.class, (e, context) -> {
            e.headers().forEach(context::header);
            write(context, e.problem(instance(context)));
        });
        routes.exception(HttpResponseException.class, Problems::refused);
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
        context.result(Answers.bytes(JSON, problem));
    }
}
