package dev.kombo.query.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kombo.config.ApiToken.Role;
import dev.kombo.query.http.ApiException.Problem;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.jetty.http.HttpStatus;

/** Writes the OpenAPI document (3.1) of endpoints. */
public final class OpenApi {
    private static final Map<Integer, String> PROBLEMS = new TreeMap<>(Map.ofEntries(
            Map.entry(400, "A parameter or the body is invalid; field names it."),
            Map.entry(401, "The token is missing or unknown."),
            Map.entry(403, "The token does not allow this."),
            Map.entry(404, "The id is unknown."),
            Map.entry(408, "The body did not arrive in time."),
            Map.entry(409, "The resource is in another state."),
            Map.entry(412, "The entry is not the one that If-Match names."),
            Map.entry(413, "The body is too large."),
            Map.entry(415, "The body has another media type, or is encoded."),
            Map.entry(429, "The client sends too many requests."),
            Map.entry(503, "The request cannot be answered now; Retry-After says when to try again.")));
    private static final String BEARER = "token";
    private static final String KEY = "key";

    private final JsonSchemas schemas = new JsonSchemas();
    private final ObjectNode document = JsonNodeFactory.instance.objectNode();

    private OpenApi(List<Endpoint> endpoints) {
        document.put("openapi", "3.1.0");
        document.putObject("info")
                .put("title", "Kombo query API")
                .put("version", "1")
                .put(
                        "description",
                        "Offers of product bundles: what Kombo has learned, what it offers and why, and what offers"
                                + " earn. Times are epoch milliseconds of events; money is in minor units.")
                .putObject("license")
                .put("name", "Apache-2.0")
                .put("identifier", "Apache-2.0");
        document.putArray("servers").addObject().put("url", "/");
        ObjectNode paths = document.putObject("paths");
        for (Endpoint endpoint : endpoints) {
            paths.withObjectProperty(endpoint.path())
                    .set(endpoint.method().name().toLowerCase(Locale.ROOT), operation(endpoint));
        }
        ObjectNode problem = schemas.of(Problem.class);
        ObjectNode components = document.putObject("components");
        components.putObject("responses").setAll(responses(problem));
        components.putObject("schemas").setAll(schemas.components());
        ObjectNode schemes = components.putObject("securitySchemes");
        schemes.putObject(KEY)
                .put("type", "apiKey")
                .put("in", "query")
                .put("name", "key")
                .put("description", "Publishable key of the web tracker, kombo.tracker.key.");
        schemes.putObject(BEARER)
                .put("type", "http")
                .put("scheme", "bearer")
                .put("description", "Needed if the instance has tokens.");
    }

    /** Returns the document as text. */
    public static String of(List<Endpoint> endpoints) {
        try {
            return new ObjectMapper()
                            .writerWithDefaultPrettyPrinter()
                            .writeValueAsString(new OpenApi(endpoints).document)
                    + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the OpenAPI document cannot be written", e);
        }
    }

    /** Returns the statuses of the problems that an endpoint may answer with, in order. */
    public static List<Integer> problemsOf(Endpoint endpoint) {
        TreeSet<Integer> statuses = new TreeSet<>(endpoint.problems());
        // Even without parameters: any that is sent is one too many.
        statuses.add(HttpStatus.BAD_REQUEST_400);
        statuses.addAll(
                endpoint.body().isEmpty()
                        ? List.of()
                        : List.of(
                                HttpStatus.REQUEST_TIMEOUT_408,
                                HttpStatus.PAYLOAD_TOO_LARGE_413,
                                HttpStatus.UNSUPPORTED_MEDIA_TYPE_415));
        statuses.addAll(
                endpoint.role() == Role.ANYONE
                        ? List.of()
                        : List.of(
                                HttpStatus.UNAUTHORIZED_401,
                                HttpStatus.FORBIDDEN_403,
                                HttpStatus.TOO_MANY_REQUESTS_429,
                                HttpStatus.SERVICE_UNAVAILABLE_503));
        return List.copyOf(statuses);
    }

    private ObjectNode operation(Endpoint endpoint) {
        ObjectNode operation = JsonNodeFactory.instance.objectNode();
        operation.put("operationId", endpoint.name());
        operation.putArray("tags").add(endpoint.area());
        operation.put("summary", endpoint.summary());
        if (!endpoint.parameters().isEmpty()) {
            ArrayNode parameters = operation.putArray("parameters");
            endpoint.parameters().forEach(parameter -> parameters.add(parameter(parameter)));
        }
        if (!endpoint.body().isEmpty()) {
            ObjectNode body = operation.putObject("requestBody").put("required", true);
            ObjectNode forms = body.putObject("content");
            endpoint.body().forEach(form -> forms.setAll(content(form)));
        }
        ObjectNode responses = operation.putObject("responses");
        ObjectNode success = responses
                .putObject(Integer.toString(endpoint.success()))
                .put("description", endpoint.success() == HttpStatus.ACCEPTED_202 ? "Published." : "The answer.");
        success.set("content", content(endpoint.answer()));
        for (int status : problemsOf(endpoint)) {
            responses.putObject(Integer.toString(status)).put("$ref", "#/components/responses/" + status);
        }
        ArrayNode security = operation.putArray("security");
        if (endpoint.role() == Role.PAGE) {
            security.addObject().putArray(KEY);
        } else if (endpoint.role() != Role.ANYONE) {
            security.addObject().putArray(BEARER).add(endpoint.role().label());
        }
        return operation;
    }

    private static ObjectNode parameter(Parameter parameter) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("name", parameter.name());
        node.put("in", parameter.inPath() ? "path" : "query");
        node.put("required", parameter.needed());
        node.put("description", parameter.doc());
        ObjectNode schema = node.putObject("schema");
        switch (parameter.kind()) {
            case TEXT -> {
                schema.put("type", "string");
                if (!parameter.choices().isEmpty()) {
                    ArrayNode words = schema.putArray("enum");
                    parameter.choices().forEach(words::add);
                }
            }
            case FLAG -> schema.put("type", "boolean");
            case WHOLE ->
                schema.put("type", "integer").put("minimum", parameter.least()).put("maximum", parameter.most());
            case TIME -> schema.put("type", "integer").put("format", "int64");
        }
        return node;
    }

    private ObjectNode content(BodySchema shape) {
        ObjectNode content = JsonNodeFactory.instance.objectNode();
        content.putObject(shape.mediaType()).set("schema", shape.schema().apply(schemas));
        return content;
    }

    private static Map<String, ObjectNode> responses(ObjectNode problem) {
        Map<String, ObjectNode> responses = new TreeMap<>();
        PROBLEMS.forEach((status, words) -> {
            ObjectNode response = JsonNodeFactory.instance.objectNode().put("description", words);
            response.putObject("content").putObject(Problem.MEDIA_TYPE).set("schema", problem.deepCopy());
            responses.put(Integer.toString(status), response);
        });
        return responses;
    }
}
