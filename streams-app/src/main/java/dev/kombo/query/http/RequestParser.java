package dev.kombo.query.http;

import io.javalin.http.Context;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntConsumer;

/** Parses requests as their endpoint describes them. */
public final class RequestParser {
    private RequestParser() {}

    /**
     * Returns the request with its parameters.
     *
     * @throws ApiException 400 for a parameter that is unknown or invalid
     */
    static Request read(Endpoint endpoint, Context context, String client, byte[] body, IntConsumer charge) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        for (Parameter parameter : endpoint.parameters()) {
            String text =
                    parameter.inPath() ? context.pathParam(parameter.name()) : context.queryParam(parameter.name());
            if (!parameter.inPath() && context.queryParams(parameter.name()).size() > 1) {
                throw ApiException.badField(
                        parameter.name(), "the parameter " + parameter.name() + " is given more than once");
            }
            if (parameter.needed() && (text == null || text.isBlank())) {
                throw ApiException.badField(parameter.name(), "the parameter " + parameter.name() + " is needed");
            }
            if (text != null) {
                parameters.put(parameter.name(), parameter.parse(text));
            }
        }
        refuseUnknown(endpoint, context);
        Map<String, String> headers = new LinkedHashMap<>();
        // All lines of a header: one that a proxy adds must not be hidden by the client's own.
        Collections.list(context.req().getHeaderNames())
                .forEach(name -> headers.put(
                        name.toLowerCase(Locale.ROOT),
                        String.join(", ", Collections.list(context.req().getHeaders(name)))));
        String query = context.queryString();
        return new Request(
                endpoint.method().name(),
                context.req().getRequestURI() + (query == null ? "" : "?" + query),
                client,
                parameters,
                headers,
                body,
                charge);
    }

    private static void refuseUnknown(Endpoint endpoint, Context context) {
        List<String> known = endpoint.parameters().stream()
                .filter(parameter -> !parameter.inPath())
                .map(Parameter::name)
                .toList();
        for (String name : context.queryParamMap().keySet()) {
            if (!known.contains(name)) {
                String words = known.isEmpty() ? "none are" : String.join(", ", known);
                throw ApiException.badField(name, "the parameter " + name + " is unknown here; known: " + words);
            }
        }
    }
}
