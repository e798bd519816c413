package dev.kombo.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kombo.catalog.CatalogRules;
import dev.kombo.schema.Bundle;
import dev.kombo.schema.Item;
import dev.kombo.serde.AvroJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.commons.csv.CSVFormat;

/**
 * Converts items or bundles to rows of a table and back, with one column per field of the record. A field in minor
 * units, such as priceMinor, becomes a column in whole units of the currency, such as price; times are ISO 8601 or
 * epoch milliseconds; lists are separated by bars, members are item*quantity, tiers of prices 3 for 20.00 (see
 * {@link PriceTierText}), slots drink: 1 of tea, cola (see {@link SlotText}), attributes name=value; a bar within a
 * value is written \|, a backslash \\. A field that the record gets is a column from then on, wherever items or bundles
 * are read from a table.
 *
 * @param <R> the record
 */
public final class CatalogTable<R extends SpecificRecord> {
    /** Items, as in item-catalog. */
    public static final CatalogTable<Item> ITEMS = new CatalogTable<>(Item.class, Item.getClassSchema());
    /** Bundles, as in bundle-catalog. */
    public static final CatalogTable<Bundle> BUNDLES = new CatalogTable<>(Bundle.class, Bundle.getClassSchema());

    private static final String MINOR = "Minor";
    private static final String CURRENCY = "currency";
    private static final String MEMBER = "BundleMember";
    private static final String TIER = "PriceTier";
    private static final String SLOT = "BundleSlot";
    private static final Pattern UNITS = Pattern.compile("(.+)\\*(\\d{1,9})");

    private final Class<R> type;
    private final Schema schema;

    private CatalogTable(Class<R> type, Schema schema) {
        this.type = type;
        this.schema = schema;
    }

    /**
     * Opens a CSV file in UTF-8 whose first row names some of the columns, separated by commas, semicolons or tabs.
     *
     * @throws DataException if there is none, or it names another column
     */
    public RowReader open(Path file) throws IOException {
        String header = "";
        if (Files.isRegularFile(file)) {
            try (BufferedReader text = new BufferedReader(new InputStreamReader(
                    RowReader.content(Files.newInputStream(file), file), StandardCharsets.UTF_8))) {
                header = Objects.requireNonNullElse(text.readLine(), "");
            }
        }
        char delimiter = header.indexOf('\t') >= 0 ? '\t' : header.indexOf(';') >= 0 ? ';' : ',';
        FileLayout layout = new FileLayout("csv", delimiter, StandardCharsets.UTF_8, List.of(), Set.of());
        RowReader rows = RowReader.open(file, layout, CodingErrorAction.REPORT);
        try {
            rows.columns().forEach(this::requireKnown);
            return rows;
        } catch (DataException e) {
            rows.close();
            throw e;
        }
    }

    private void requireKnown(String column) {
        if (!columns().contains(column)) {
            throw new DataException("the column " + column + " is unknown; known are " + String.join(", ", columns()));
        }
    }

    /** Names of all columns. */
    public List<String> columns() {
        return schema.getFields().stream()
                .map(field -> field.name().replaceFirst(MINOR + "$", ""))
                .toList();
    }

    /** Returns the record's field for a column. */
    public String field(String column) {
        return schema.getField(column) == null ? column + MINOR : column;
    }

    /** Converts a row of a file of the catalogue to a document. */
    public ObjectNode document(Map<String, String> row, String otherwise) {
        return document(row, otherwise, NumberReader.PLAIN);
    }

    /**
     * Converts a row to a document; empty cells are left out.
     *
     * @param row values by column
     * @param otherwise currency if the row names none; null: none
     * @param numbers reads the numbers and amounts that are alone in their cells
     * @throws DataException if there is no such column
     * @throws RejectedRowException if a value does not fit its column
     */
    public ObjectNode document(Map<String, String> row, String otherwise, NumberReader numbers) {
        row.keySet().forEach(this::requireKnown);
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        String given = row.getOrDefault(CURRENCY, "").strip();
        String currency = given.isEmpty() ? otherwise : given;
        for (Map.Entry<String, String> cell : row.entrySet()) {
            String column = cell.getKey();
            String text = cell.getValue().strip();
            if (text.isEmpty()) {
                continue;
            }
            Schema.Field field = schema.getField(column);
            if (field == null) {
                document.put(CURRENCY, currency).put(field(column), numbers.minor(column, text, currency));
            } else {
                Schema filled = field.schema().isUnion() ? AvroJson.valueOf(field.schema()) : field.schema();
                document.set(column, value(column, text, filled, currency, numbers));
            }
        }
        return document;
    }

    /**
     * Returns the record of a document, with the default of each field that it leaves out.
     *
     * @throws RejectedRowException if it leaves out a field without a default
     */
    public R record(ObjectNode document) {
        AvroJson.Read<R> read = AvroJson.read(document, type);
        if (!read.faults().isEmpty()) {
            AvroJson.Fault fault = read.faults().get(0);
            throw RejectedRowException.unparsable(fault.field(), fault.detail());
        }
        return read.record();
    }

    private static JsonNode value(String column, String text, Schema type, String currency, NumberReader numbers) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return switch (type.getType()) {
            case INT -> json.numberNode(integer(column, numbers.whole(column, text)));
            case LONG ->
                json.numberNode(
                        isTime(column) ? TimeFormat.ANY.epochMillis(column, text) : numbers.whole(column, text));
            case ENUM -> {
                List<String> symbols = AvroJson.symbols(type);
                if (!symbols.contains(text)) {
                    throw RejectedRowException.unparsable(
                            column, "expected one of " + String.join(", ", symbols) + ", found " + Row.shown(text));
                }
                yield json.textNode(text);
            }
            case BOOLEAN -> {
                if (!text.equals("true") && !text.equals("false")) {
                    throw RejectedRowException.unparsable(column, "expected true or false, found " + text);
                }
                yield json.booleanNode(text.equals("true"));
            }
            case MAP -> {
                ObjectNode map = json.objectNode();
                for (String part : ListText.parts(text)) {
                    int equal = part.indexOf('=');
                    if (equal < 1) {
                        throw RejectedRowException.unparsable(column, "expected name=value, found " + part);
                    }
                    map.put(part.substring(0, equal), part.substring(equal + 1));
                }
                yield map;
            }
            case ARRAY -> {
                ArrayNode array = json.arrayNode();
                for (String part : ListText.parts(text)) {
                    array.add(element(column, part, type.getElementType(), currency));
                }
                yield array;
            }
            default -> json.textNode(text);
        };
    }

    private static JsonNode element(String column, String text, Schema type, String currency) {
        return switch (type.getName()) {
            case MEMBER -> member(text);
            case TIER -> PriceTierText.read(column, text, currency);
            case SLOT -> SlotText.read(column, text);
            default -> JsonNodeFactory.instance.textNode(text);
        };
    }

    /**
     * Replaces each text in a list of a document by what it means in a row.
     *
     * @param currency of its amounts; null: none is known
     * @throws RejectedRowException if a text does not fit its list
     */
    public void readTexts(ObjectNode document, String currency) {
        for (Schema.Field field : schema.getFields()) {
            if (field.schema().getType() == Schema.Type.ARRAY && document.get(field.name()) instanceof ArrayNode list) {
                for (int i = 0; i < list.size(); i++) {
                    if (list.get(i).isTextual()) {
                        String column = field.name() + "[" + i + "]";
                        list.set(
                                i,
                                element(
                                        column,
                                        list.get(i).textValue(),
                                        field.schema().getElementType(),
                                        currency));
                    }
                }
            }
        }
    }

    private static JsonNode member(String part) {
        var units = UNITS.matcher(part);
        boolean several = units.matches();
        return JsonNodeFactory.instance
                .objectNode()
                .put("itemId", several ? units.group(1) : part)
                .put("quantity", several ? Integer.parseInt(units.group(2)) : 1);
    }

    private static boolean isTime(String column) {
        return column.endsWith("At") || column.startsWith("valid");
    }

    private static int integer(String column, long number) {
        if (number != (int) number) {
            throw RejectedRowException.unparsable(column, "expected a smaller number, found " + number);
        }
        return (int) number;
    }

    /** Returns the first line of a CSV file. */
    public String header() {
        return CSVFormat.RFC4180.format(columns().toArray());
    }

    /** Returns a line of a CSV file, in which no text is a formula of a spreadsheet. */
    public String line(JsonNode document) {
        List<String> cells = row(document);
        List<Schema.Field> fields = schema.getFields();
        for (int i = 0; i < cells.size(); i++) {
            // A negative number is no formula.
            if (!document.path(fields.get(i).name()).isNumber()) {
                cells.set(i, SpreadsheetText.escape(cells.get(i)));
            }
        }
        return CSVFormat.RFC4180.format(cells.toArray());
    }

    /**
     * Converts a row of a CSV file, as {@link #document} does.
     *
     * @param row values by column
     */
    public ObjectNode documentOfLine(Map<String, String> row, String otherwise) {
        Map<String, String> unescaped = new LinkedHashMap<>(row);
        unescaped.replaceAll((column, text) -> SpreadsheetText.unescape(text));
        return document(unescaped, otherwise);
    }

    /** Returns the row of a JSON record, in the order of the columns. */
    public List<String> row(JsonNode document) {
        List<String> row = new ArrayList<>();
        for (Schema.Field field : schema.getFields()) {
            JsonNode value = document.path(field.name());
            if (field.name().endsWith(MINOR)) {
                row.add(amount(value, document.path(CURRENCY).asText()));
            } else if (value.isObject()) {
                List<String> parts = new ArrayList<>();
                value.properties()
                        .forEach(part ->
                                parts.add(part.getKey() + "=" + part.getValue().asText()));
                row.add(ListText.joined(parts));
            } else if (value.isArray()) {
                row.add(ListText.joined(
                        switch (field.schema().getElementType().getName()) {
                            case MEMBER ->
                                texts(
                                        value,
                                        member -> member.path("itemId").asText() + "*"
                                                + member.path("quantity").asInt());
                            case TIER -> PriceTierText.of(document);
                            case SLOT -> SlotText.of(document);
                            default -> texts(value, JsonNode::asText);
                        }));
            } else {
                boolean time = isTime(field.name()) && value.isNumber();
                boolean no = value.isBoolean() && !value.asBoolean();
                row.add(time ? Instant.ofEpochMilli(value.asLong()).toString() : no ? "" : value.asText(""));
            }
        }
        return row;
    }

    private static String amount(JsonNode minor, String currency) {
        return minor.isNumber() && CatalogRules.isCurrencyCode(currency) ? Amounts.text(minor.asLong(), currency) : "";
    }

    private static List<String> texts(JsonNode values, Function<JsonNode, String> text) {
        List<String> texts = new ArrayList<>();
        values.forEach(value -> texts.add(text.apply(value)));
        return texts;
    }
}
