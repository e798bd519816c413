package dev.kombo.lab.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;

/**
 * The registry's resources: a request without HTTP in, a JSON document out. Paths and documents are those of Confluent's
 * registry; query parameters that are not mentioned have no effect.
 */
final class RegistryRoutes {

    static final ObjectMapper JSON = new ObjectMapper();

    private final PersistentRegistry registry;

    RegistryRoutes(PersistentRegistry registry) {
        this.registry = registry;
    }

    /**
     * A request.
     *
     * @param path decoded segments of the path
     * @param query parameters by name
     * @param body the document sent; a missing node where there is none
     */
    record Request(String method, List<String> path, Map<String, String> query, JsonNode body) {

        boolean is(String wantedMethod, String... pattern) {
            if (!method.equals(wantedMethod) || path.size() != pattern.length) {
                return false;
            }
            for (int i = 0; i < pattern.length; i++) {
                if (!pattern[i].equals("*") && !pattern[i].equals(path.get(i))) {
                    return false;
                }
            }
            return true;
        }

        boolean flag(String name) {
            return "true".equalsIgnoreCase(query.get(name));
        }
    }

    /**
     * Answers a request.
     *
     * @return the document of an answer with status 200
     * @throws RegistryError for any other answer
     */
    Object answer(Request request) {
        if (request.path().isEmpty()) {
            return Map.of();
        }
        return switch (request.path().get(0)) {
            case "subjects" -> subjects(request);
            case "schemas" -> schemas(request);
            case "compatibility" -> compatibility(request);
            case "config" -> config(request);
            default -> throw notFound();
        };
    }

    private Object subjects(Request request) {
        if (request.is("GET", "subjects")) {
            return registry.state().subjectNames();
        }
        String subject = request.path().size() > 1 ? request.path().get(1) : "";
        if (subject.isBlank()) {
            throw notFound();
        }
        if (request.is("POST", "subjects", "*", "versions")) {
            return Map.of("id", registry.register(subject, schemaOf(request)));
        }
        if (request.is("POST", "subjects", "*")) {
            return registry.state().lookUp(subject, schemaOf(request));
        }
        if (request.is("GET", "subjects", "*", "versions")) {
            return registry.state().versions(subject);
        }
        if (request.is("GET", "subjects", "*", "versions", "*")) {
            return registry.state().version(subject, request.path().get(3));
        }
        if (request.is("DELETE", "subjects", "*")) {
            return delete(subject, request);
        }
        throw notFound();
    }

    private Object delete(String subject, Request request) {
        if (request.flag("permanent")) {
            throw new RegistryError(
                    422, 42205, "Permanent deletion is not supported: stored records would become unreadable");
        }
        List<Integer> versions = registry.state().versions(subject);
        registry.change(state -> state.delete(subject));
        return versions;
    }

    private Object schemas(Request request) {
        if (request.is("GET", "schemas", "types")) {
            return List.of("AVRO");
        }
        if (request.is("GET", "schemas", "ids", "*")) {
            return Map.of("schema", registry.state().schema(id(request.path().get(2))));
        }
        throw notFound();
    }

    private Object compatibility(Request request) {
        if (!request.is("POST", "compatibility", "subjects", "*", "versions", "*")) {
            throw notFound();
        }
        List<String> breaches =
                registry.state().breaches(request.path().get(2), request.path().get(4), schemaOf(request));
        return request.flag("verbose")
                ? Map.of("is_compatible", breaches.isEmpty(), "messages", breaches)
                : Map.of("is_compatible", breaches.isEmpty());
    }

    private Object config(Request request) {
        if (request.is("GET", "config")) {
            return Map.of("compatibilityLevel", registry.state().globalLevel());
        }
        if (request.is("PUT", "config")) {
            CompatibilityLevel level = levelOf(request);
            registry.change(state -> state.withGlobalLevel(level));
            return Map.of("compatibility", level);
        }
        if (request.is("GET", "config", "*")) {
            String subject = request.path().get(1);
            RegistryState state = registry.state();
            if (!state.levels().containsKey(subject) && !request.flag("defaultToGlobal")) {
                throw new RegistryError(
                        404, 40408, "Subject '" + subject + "' does not have subject-level compatibility configured");
            }
            return Map.of("compatibilityLevel", state.level(subject));
        }
        if (request.is("PUT", "config", "*")) {
            CompatibilityLevel level = levelOf(request);
            registry.change(state -> state.withLevel(request.path().get(1), level));
            return Map.of("compatibility", level);
        }
        throw notFound();
    }

    private static String schemaOf(Request request) {
        JsonNode schema = request.body().path("schema");
        String type = request.body().path("schemaType").asText("AVRO");
        if (!schema.isTextual()
                || !type.equals("AVRO")
                || !request.body().path("references").isEmpty()) {
            throw new RegistryError(422, 42201, "Invalid schema: a self-contained Avro schema is needed");
        }
        return schema.asText();
    }

    private static CompatibilityLevel levelOf(Request request) {
        return CompatibilityLevel.parse(request.body().path("compatibility").asText(""));
    }

    private static int id(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw notFound();
        }
    }

    private static RegistryError notFound() {
        return new RegistryError(404, 404, "HTTP 404 Not Found");
    }
}
