package dev.kombo.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kombo.config.Topics;
import dev.kombo.console.MarkdownTable;
import dev.kombo.schema.SessionMerge;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;

/** Writes the tables of records and of endpoints, which the schemas and the OpenAPI document describe in full. */
final class IndexPages {
    private static final String SCHEMAS = "../../schemas/src/main/avro/";
    private static final List<String> STORED =
            List.of("ItemState", "ItemNeighbors", "BundleReport", "UpliftState", "StrategyState");

    /** The files of records that have none of their own. */
    private static final Map<String, String> NESTED_IN =
            Map.of("BundleReport", "ConversionReport", "UpliftMove", "UpliftState");

    private IndexPages() {}

    /** Returns a row per record, with its topics and a link to its schema. */
    static String schemas(Topics topics) {
        Map<String, List<String>> places = new TreeMap<>();
        topics.all().stream()
                .filter(spec -> schemaOf(spec.record()).isPresent())
                .forEach(spec -> places.computeIfAbsent(spec.record(), none -> new ArrayList<>())
                        .add(ReferencePages.code(spec.name())));
        STORED.forEach(record -> places.computeIfAbsent(record, none -> new ArrayList<>(List.of("stores of 0.2.0"))));
        MarkdownTable table = new MarkdownTable("Record", "Where", "What it is");
        places.forEach((record, where) -> table.row(
                "[" + record + "](" + SCHEMAS + NESTED_IN.getOrDefault(record, record) + ".avsc)",
                String.join(", ", where),
                firstSentence(schemaOf(record).orElseThrow().getDoc())));
        return table.toString();
    }

    /** Returns the schema of a record; the dead-letter topic carries bytes, which have none. */
    static Optional<Schema> schemaOf(String record) {
        try {
            return Optional.of(
                    SpecificData.get().getSchema(Class.forName(SessionMerge.class.getPackageName() + "." + record)));
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        }
    }

    /** Returns a row per endpoint, without the preflight requests of browsers. */
    static String endpoints(JsonNode openApi) {
        MarkdownTable table = new MarkdownTable("Request", "Role", "What it does");
        openApi.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(method -> !method.getKey().equals("options"))
                        .forEach(method -> table.row(
                                ReferencePages.code(method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey()),
                                role(method.getValue().path("security").path(0)),
                                firstSentence(method.getValue().path("summary").asText()))));
        return table.toString();
    }

    private static String role(JsonNode security) {
        return security.has("key")
                ? "page's key"
                : ReferencePages.code(security.path("token").path(0).asText());
    }

    /** Returns the text up to its first full stop or semicolon, or colon after more than a word. */
    private static String firstSentence(String text) {
        return text.split("(?<=\\.) |; |(?<= \\S{1,25}): ", 2)[0].replaceFirst("\\.?$", ".");
    }
}
