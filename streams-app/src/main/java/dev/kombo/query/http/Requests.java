package dev.kombo.query.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads requests as their endpoint describes them. */
final class Requests {
    private static final byte[] NONE = {};
    private static final String JSON = "application/json";

    private Requests() {}

    /**
     * The request with its parameters and body.
     *
     * @throws ApiException 400 for a parameter that is unknown or makes no sense, 413 for a body that is too large, 415
     *     for one that is no JSON
     */
    static Request read(Endpoint endpoint, Context context, String client, int bodyBytes) throws IOException {
        Map<String, Object> parameters = new LinkedHashMap<>();
        for (Parameter parameter : endpoint.parameters()) {
            String text =
                    parameter.inPath() ? context.pathParam(parameter.name()) : context.queryParam(parameter.name());
            if (parameter.needed() && (text == null || text.isBlank())) {
                throw ApiException.badField(parameter.name(), "the parameter " + parameter.name() + " is needed");
            }
            if (text != null) {
                parameters.put(parameter.name(), parameter.parse(text));
            }
        }
        refuseUnknown(endpoint, context);
        Map<String, String> headers = new LinkedHashMap<>();
        context.headerMap().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        String query = context.queryString();
        return new Request(
                endpoint.method().name(),
                context.req().getRequestURI() + (query == null ? "" : "?" + query),
                client,
                parameters,
                headers,
                endpoint.body() == null ? NONE : body(context, bodyBytes));
    }

    private static void refuseUnknown(Endpoint endpoint, Context context) {
        List<String> known = endpoint.parameters().stream()
                .filter(parameter -> !parameter.inPath())
                .map(Parameter::name)
                .toList();
        for (String name : context.queryParamMap().keySet()) {
            if (!known.contains(name)) {
                String words = known.isEmpty() ? "none is" : String.join(", ", known) + " are";
                throw ApiException.badField(name, "the parameter " + name + " is not known here; " + words);
            }
        }
    }

    /** Whatever the header says of its length: a body may come in chunks. */
    private static byte[] body(Context context, int most) throws IOException {
        String type = context.contentType();
        if (type == null || !type.split(";", 2)[0].strip().equalsIgnoreCase(JSON)) {
            throw new ApiException(
                    415,
                    "unsupported-type",
                    "Unsupported media type",
                    "a body of " + JSON + " is expected, found " + (type == null ? "none" : type));
        }
        if (context.header("Content-Encoding") != null) {
            throw new ApiException(415, "unsupported-type", "Unsupported media type", "the body must not be encoded");
        }
        byte[] body = context.req().getContentLengthLong() > most
                ? null
                : context.req().getInputStream().readNBytes(most + 1);
        if (body == null || body.length > most) {
            throw new ApiException(413, "too-large", "Content too large", "at most " + most + " bytes are accepted");
        }
        return body;
    }
}
