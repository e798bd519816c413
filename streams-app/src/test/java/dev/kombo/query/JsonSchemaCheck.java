package dev.kombo.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Compares documents with schemas of an OpenAPI document: as much of JSON Schema as these use. */
final class JsonSchemaCheck {
    private final JsonNode openApi;
    private final List<String> problems = new ArrayList<>();

    private JsonSchemaCheck(JsonNode openApi) {
        this.openApi = openApi;
    }

    /** What does not fit, each with its place. */
    static List<String> problems(JsonNode openApi, JsonNode schema, JsonNode document) {
        JsonSchemaCheck check = new JsonSchemaCheck(openApi);
        check.compare(schema, document, "$");
        return check.problems;
    }

    private void compare(JsonNode schema, JsonNode value, String place) {
        if (schema.has("$ref")) {
            compare(openApi.at(schema.path("$ref").asText().substring(1)), value, place);
        } else if (schema.has("oneOf")) {
            boolean fits = false;
            for (JsonNode one : schema.path("oneOf")) {
                fits |= problems(openApi, one, value).isEmpty();
            }
            report(fits, place + " fits none of " + schema.path("oneOf"));
        } else if (schema.path("type").isArray()) {
            boolean fits = false;
            for (JsonNode type : schema.path("type")) {
                fits |= isOf(type.asText(), value);
            }
            report(fits, place + " is no " + schema.path("type"));
        } else {
            report(isOf(schema.path("type").asText(), value), place + " is no " + schema.path("type"));
            content(schema, value, place);
        }
    }

    private void content(JsonNode schema, JsonNode value, String place) {
        if (schema.has("enum")) {
            boolean known = false;
            for (JsonNode word : schema.path("enum")) {
                known |= word.equals(value);
            }
            report(known, place + " is none of " + schema.path("enum"));
        }
        if (value.isArray()) {
            value.forEach(element -> compare(schema.path("items"), element, place + "[]"));
        }
        if (value.isObject() && schema.has("properties")) {
            schema.path("required")
                    .forEach(name -> report(value.has(name.asText()), place + " lacks " + name.asText()));
            value.properties().forEach(property -> {
                JsonNode described = schema.path("properties").path(property.getKey());
                report(described.isObject(), place + "." + property.getKey() + " is not described");
                if (described.isObject()) {
                    compare(described, property.getValue(), place + "." + property.getKey());
                }
            });
        } else if (value.isObject() && schema.has("additionalProperties")) {
            value.forEach(element -> compare(schema.path("additionalProperties"), element, place + ".*"));
        }
    }

    private static boolean isOf(String type, JsonNode value) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "null" -> value.isNull();
            default -> false;
        };
    }

    private void report(boolean fits, String problem) {
        if (!fits) {
            problems.add(problem);
        }
    }
}
