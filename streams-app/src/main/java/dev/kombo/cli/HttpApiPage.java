package dev.kombo.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kombo.console.MarkdownTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes the reference page of the query API from its OpenAPI document. */
final class HttpApiPage {
    private static final String INTRODUCTION = """
            Every instance answers every question: where another one owns the shopper or experiment, the request is passed on \
            to it (`X-Kombo-Owner` names it), and where that one does not answer, a standby answers from a copy that may be \
            behind (`X-Kombo-Stale: true`, and `stale` in the body). The document behind this page is served at \
            `/openapi.json` and kept as [openapi.json](openapi.json).

            Times are epoch milliseconds of events, money is in minor units of its currency. An unknown parameter is an error. \
            Errors are problem documents (RFC 9457): `type`, `title`, `status`, `detail`, `instance`, and `field` where one is \
            at fault. Lists that may be long come in pages: `next` of one is `after` of the following one. Answers carry an \
            `ETag`; with `If-None-Match` one that did not change costs no body. A `PUT`, `PATCH` or `DELETE` of an item or bundle \
            with `If-Match` set to its `ETag` fails with 412 if this instance knows of a later change; without `If-Match` the \
            last change wins. With `Accept-Encoding: gzip` longer answers are compressed.

            `/v1/live` answers with a stream of server-sent events, each with the data named below. Up to sixteen streams \
            may be open at an instance, eight of them to one token or address, beside the requests that \
            `kombo.api.concurrency` counts; one more is answered with 503. A stream ends when its instance stops or cannot \
            read the offers: the client asks again.

            Where the setting `kombo.api.tokens` is not empty, each request but those for anyone needs `Authorization: Bearer \
            TOKEN`, and the token the role named below; `admin` may do everything.
            """;

    private final JsonNode document;
    private final StringBuilder page = new StringBuilder(INTRODUCTION);

    private HttpApiPage(JsonNode document) {
        this.document = document;
    }

    static String of(JsonNode openApi) {
        return new HttpApiPage(openApi).text();
    }

    private String text() {
        Map<String, List<Runnable>> areas = new LinkedHashMap<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(method -> areas.computeIfAbsent(
                                        method.getValue().path("tags").path(0).asText(), none -> new ArrayList<>())
                                .add(() -> endpoint(method.getKey(), path.getKey(), method.getValue()))));
        areas.forEach((area, endpoints) -> {
            page.append("\n## ").append(area).append('\n');
            endpoints.forEach(Runnable::run);
        });
        page.append("\n## Answers\n");
        document.path("components").path("schemas").properties().forEach(schema -> {
            // Request bodies are described by the schemas of the topics.
            if (!schema.getValue().has("description")) {
                component(schema.getKey(), schema.getValue());
            }
        });
        return page.toString();
    }

    private void endpoint(String method, String path, JsonNode operation) {
        JsonNode security = operation.path("security").path(0);
        JsonNode role = security.path("token").path(0);
        page.append("\n### " + method.toUpperCase(Locale.ROOT) + " " + path + "\n\n"
                + operation.path("summary").asText() + "\n\nFor "
                + (role.isMissingNode()
                        ? security.has("key") ? "pages of the shop, by their key" : "anyone"
                        : "`" + role.asText() + "`"));
        List<String> bodies = new ArrayList<>();
        operation
                .path("requestBody")
                .path("content")
                .properties()
                .forEach(form -> bodies.add(
                        form.getKey().equals("application/json")
                                ? type(form.getValue().path("schema"))
                                : MarkdownTable.code(form.getKey())));
        if (!bodies.isEmpty()) {
            page.append(". Takes ").append(String.join(" or ", bodies));
        }
        List<String> statuses = new ArrayList<>();
        operation.path("responses").properties().forEach(response -> {
            JsonNode content = response.getValue().path("content");
            String found = content.isMissingNode()
                    ? ""
                    : " " + type(content.elements().next().path("schema"));
            statuses.add(response.getKey() + found);
        });
        page.append(". Answers ").append(String.join(", ", statuses)).append(".\n");
        parameters(operation.path("parameters"));
    }

    private void parameters(JsonNode parameters) {
        if (parameters.isMissingNode()) {
            return;
        }
        MarkdownTable table = new MarkdownTable("Parameter", "In", "Type", "Meaning");
        parameters.forEach(parameter -> table.row(
                MarkdownTable.code(parameter.path("name").asText()),
                parameter.path("in").asText(),
                type(parameter.path("schema")),
                parameter.path("description").asText()));
        page.append('\n').append(table);
    }

    private void component(String name, JsonNode schema) {
        MarkdownTable table = new MarkdownTable("Field", "Type", "Meaning");
        schema.path("properties")
                .properties()
                .forEach(property -> table.row(
                        MarkdownTable.code(property.getKey()),
                        type(property.getValue()),
                        property.getValue().path("description").asText("")));
        page.append("\n### ").append(name).append("\n\n").append(table);
    }

    private String type(JsonNode schema) {
        if (schema.has("$ref")) {
            String name = schema.path("$ref").asText().replaceFirst(".*/", "");
            boolean avro = document.at("/components/schemas/" + name).has("description");
            return "[" + name + "](" + (avro ? "schemas.md" : "") + "#" + name.toLowerCase(Locale.ROOT) + ")";
        }
        if (schema.has("oneOf")) {
            List<String> either = new ArrayList<>();
            schema.path("oneOf").forEach(one -> either.add(type(one)));
            return String.join(" or ", either);
        }
        if (schema.has("enum")) {
            List<String> words = new ArrayList<>();
            schema.path("enum").forEach(word -> words.add(MarkdownTable.code(word.asText())));
            return String.join(", ", words);
        }
        if (schema.path("type").isArray()) {
            List<String> either = new ArrayList<>();
            schema.path("type").forEach(word -> either.add(word.asText()));
            return String.join(" or ", either);
        }
        if (schema.has("properties")) {
            List<String> fields = new ArrayList<>();
            schema.path("properties").fieldNames().forEachRemaining(field -> fields.add(MarkdownTable.code(field)));
            List<String> needed = new ArrayList<>();
            schema.path("required").forEach(field -> needed.add(MarkdownTable.code(field.asText())));
            return "an object of " + String.join(", ", fields)
                    + (needed.isEmpty() ? "" : ", of which " + String.join(", ", needed) + " are needed");
        }
        String word = schema.path("type").asText();
        if (word.equals("array")) {
            return "array of " + type(schema.path("items"));
        }
        String range = schema.has("minimum") ? ", " + schema.path("minimum") + " to " + schema.path("maximum") : "";
        return schema.has("additionalProperties") && word.equals("object")
                ? "map of " + type(schema.path("additionalProperties"))
                : word + range;
    }
}
