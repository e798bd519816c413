package dev.kombo.cli;

import dev.kombo.config.Topics;
import dev.kombo.console.MarkdownTable;
import dev.kombo.schema.BundleReport;
import dev.kombo.schema.ItemNeighbors;
import dev.kombo.schema.ItemState;
import dev.kombo.schema.SessionMerge;
import dev.kombo.schema.StrategyState;
import dev.kombo.schema.UpliftState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;

/** Writes the reference page of the Avro records of topics and stores. */
final class SchemasPage {
    private static final List<Schema> STORED = List.of(
            ItemState.SCHEMA$, ItemNeighbors.SCHEMA$, BundleReport.SCHEMA$, UpliftState.SCHEMA$, StrategyState.SCHEMA$);

    private SchemasPage() {}

    static String of(Topics topics) {
        Map<String, Schema> records = new TreeMap<>();
        topics.all().forEach(spec -> recordOf(spec.record()).ifPresent(schema -> records.put(spec.record(), schema)));
        STORED.forEach(schema -> records.put(schema.getName(), schema));
        StringBuilder page = new StringBuilder(
                "Values on topics and in stores are Avro, in Confluent's wire format. Times"
                        + " are epoch milliseconds of events, money is in minor units. A nested record is listed under the record that contains it.\n");
        records.values().forEach(schema -> page.append(section(schema, records)));
        return page.toString();
    }

    /** Returns the schema of a record; the dead-letter topic carries bytes, which have none. */
    static Optional<Schema> recordOf(String name) {
        try {
            return Optional.of(
                    SpecificData.get().getSchema(Class.forName(SessionMerge.class.getPackageName() + "." + name)));
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        }
    }

    /** A record with its nested records, except those that have a section of their own. */
    private static String section(Schema root, Map<String, Schema> sections) {
        StringBuilder section = new StringBuilder();
        Map<String, Schema> seen = new LinkedHashMap<>(sections);
        seen.remove(root.getName());
        Deque<Schema> open = new ArrayDeque<>(List.of(root));
        while (!open.isEmpty()) {
            Schema schema = open.poll();
            if (seen.putIfAbsent(schema.getName(), schema) != null) {
                continue;
            }
            section.append(schema.equals(root) ? "\n## " : "\n### ")
                    .append(schema.getName())
                    .append("\n\n")
                    .append(schema.getDoc() == null ? "" : schema.getDoc() + "\n\n");
            if (schema.getType() == Schema.Type.ENUM) {
                section.append("One of ")
                        .append(MarkdownTable.code(String.join(", ", schema.getEnumSymbols())))
                        .append(".\n");
                continue;
            }
            MarkdownTable table = new MarkdownTable("Field", "Type", "Default", "Meaning");
            for (Schema.Field field : schema.getFields()) {
                table.row(
                        MarkdownTable.code(field.name()),
                        typeOf(field.schema()),
                        field.hasDefaultValue() ? MarkdownTable.code(defaultOf(field)) : "",
                        field.doc());
                named(field.schema(), open);
            }
            section.append(table);
        }
        return section.toString();
    }

    private static String defaultOf(Schema.Field field) {
        Object value = field.defaultVal();
        if (value == JsonProperties.NULL_VALUE) {
            return "null";
        }
        String text = value instanceof byte[] bytes ? new String(bytes, StandardCharsets.ISO_8859_1) : value.toString();
        return text.isEmpty() ? "\"\"" : text;
    }

    private static String typeOf(Schema schema) {
        return switch (schema.getType()) {
            case ARRAY -> "array of " + typeOf(schema.getElementType());
            case MAP -> "map of " + typeOf(schema.getValueType());
            case UNION ->
                String.join(
                        " or ",
                        schema.getTypes().stream().map(SchemasPage::typeOf).toList());
            default -> schema.getName();
        };
    }

    private static void named(Schema schema, Deque<Schema> open) {
        switch (schema.getType()) {
            case RECORD, ENUM -> open.add(schema);
            case ARRAY -> named(schema.getElementType(), open);
            case MAP -> named(schema.getValueType(), open);
            case UNION -> schema.getTypes().forEach(type -> named(type, open));
            default -> {}
        }
    }
}
