package dev.kombo.query.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.util.Fields;

/** Parses requests as their endpoint describes them. */
public final class RequestParser {
    private RequestParser() {}

    /**
     * Returns the request with its parameters, without its body.
     *
     * @param inPath decoded parameters of the path
     * @throws ApiException 400 for a parameter that is unknown or invalid
     */
    static Request read(
            Endpoint endpoint,
            org.eclipse.jetty.server.Request received,
            Map<String, String> inPath,
            Client client,
            IntConsumer charge) {
        Fields query = query(received);
        Map<String, Object> parameters = new LinkedHashMap<>();
        for (Parameter parameter : endpoint.parameters()) {
            String name = parameter.name();
            if (!parameter.inPath() && query.getValuesOrEmpty(name).size() > 1) {
                throw ApiException.badField(name, "the parameter " + name + " is given more than once");
            }
            String text = parameter.inPath() ? inPath.get(name) : query.getValue(name);
            if (parameter.needed() && (text == null || text.isBlank())) {
                throw ApiException.badField(name, "the parameter " + name + " is needed");
            }
            if (text != null) {
                parameters.put(name, parameter.parse(text));
            }
        }
        refuseUnknown(endpoint, query);
        Map<String, String> headers = new LinkedHashMap<>();
        for (HttpField line : received.getHeaders()) {
            // All lines of a header: one that a proxy adds must not be hidden by the client's own.
            headers.merge(line.getLowerCaseName(), line.getValue(), (first, next) -> first + ", " + next);
        }
        return new Request(
                endpoint.method().name(),
                received.getHttpURI().getPathQuery(),
                client,
                parameters,
                headers,
                new byte[0],
                charge);
    }

    private static Fields query(org.eclipse.jetty.server.Request received) {
        try {
            return org.eclipse.jetty.server.Request.extractQueryParameters(received);
        } catch (IllegalArgumentException e) {
            throw ApiException.badField("query", "the query is badly encoded");
        }
    }

    private static void refuseUnknown(Endpoint endpoint, Fields query) {
        List<String> known = endpoint.parameters().stream()
                .filter(parameter -> !parameter.inPath())
                .map(Parameter::name)
                .toList();
        for (String name : query.getNames()) {
            if (!known.contains(name)) {
                String words = known.isEmpty() ? "none are" : String.join(", ", known);
                throw ApiException.badField(name, "the parameter " + name + " is unknown here; known: " + words);
            }
        }
    }
}
