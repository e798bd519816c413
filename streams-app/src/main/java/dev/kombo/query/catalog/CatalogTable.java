package dev.kombo.query.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kombo.catalog.CatalogRules;
import dev.kombo.schema.Bundle;
import dev.kombo.schema.Item;
import dev.kombo.serde.AvroJson;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.avro.Schema;

/**
 * Converts items or bundles to rows of a table and back, with one column per field of the record. A field in minor
 * units, such as priceMinor, becomes a column in whole units of the currency, such as price; times are ISO 8601 or
 * epoch milliseconds; lists are separated by bars, members are item*quantity, attributes name=value; a bar within a
 * value is written \|, a backslash \\.
 */
public final class CatalogTable {
    /** Items, as in item-catalog. */
    public static final CatalogTable ITEMS = new CatalogTable(Item.getClassSchema());
    /** Bundles, as in bundle-catalog. */
    public static final CatalogTable BUNDLES = new CatalogTable(Bundle.getClassSchema());

    /** Most lines per row of CSV: a stray quote spoils only its own line, and not everything behind it. */
    public static final int MOST_LINES = 64;

    private static final String MINOR = "Minor";
    private static final String CURRENCY = "currency";
    private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,14}([.,]\\d{1,6})?");
    private static final Pattern WHOLE = Pattern.compile("-?\\d{1,18}");
    private static final Pattern UNITS = Pattern.compile("(.+)\\*(\\d{1,9})");

    private final Schema schema;

    private CatalogTable(Schema schema) {
        this.schema = schema;
    }

    /** Thrown for a value that does not fit its column. */
    public static final class BadCellException extends Exception {
        private static final long serialVersionUID = 1;

        private final String column;

        BadCellException(String column, String detail) {
            super(detail);
            this.column = column;
        }

        /** The column. */
        public String column() {
            return column;
        }
    }

    /** Returns the separator of a CSV file, by its first line. */
    public static char delimiter(String header) {
        return header.indexOf('\t') >= 0 ? '\t' : header.indexOf(';') >= 0 ? ';' : ',';
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

    /**
     * Converts a row to a document; empty cells are left out.
     *
     * @param row values by column, of {@link #columns}
     * @param otherwise currency if the row names none; null: none
     */
    public ObjectNode document(Map<String, String> row, String otherwise) throws BadCellException {
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
                document.put(CURRENCY, currency).put(field(column), minor(column, text, currency));
            } else {
                Schema type = field.schema().isUnion() ? AvroJson.valueOf(field.schema()) : field.schema();
                document.set(column, value(column, text, type));
            }
        }
        return document;
    }

    private static long minor(String column, String text, String currency) throws BadCellException {
        if (!CatalogRules.isCurrencyCode(currency)) {
            throw new BadCellException(CURRENCY, column + " needs a currency, a code of ISO 4217 such as GBP");
        }
        if (!DECIMAL.matcher(text).matches()) {
            throw new BadCellException(column, "expected an amount such as 12.99, found " + text);
        }
        BigDecimal amount = new BigDecimal(text.replace(',', '.'));
        // Zeros count too: 1.500 may mean one and a half thousand.
        if (amount.scale() > digits(currency)) {
            throw new BadCellException(column, text + " has more decimals than " + currency);
        }
        return amount.movePointRight(digits(currency)).longValueExact();
    }

    private static int digits(String currency) {
        return Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
    }

    private static JsonNode value(String column, String text, Schema type) throws BadCellException {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return switch (type.getType()) {
            case INT, LONG -> json.numberNode(isTime(column) ? time(column, text) : whole(column, text));
            case BOOLEAN -> {
                if (!text.equals("true") && !text.equals("false")) {
                    throw new BadCellException(column, "expected true or false, found " + text);
                }
                yield json.booleanNode(text.equals("true"));
            }
            case MAP -> {
                ObjectNode map = json.objectNode();
                for (String part : parts(text)) {
                    int equal = part.indexOf('=');
                    if (equal < 1) {
                        throw new BadCellException(column, "expected name=value, found " + part);
                    }
                    map.put(part.substring(0, equal), part.substring(equal + 1));
                }
                yield map;
            }
            case ARRAY -> {
                ArrayNode array = json.arrayNode();
                for (String part : parts(text)) {
                    array.add(
                            type.getElementType().getType() == Schema.Type.RECORD ? member(part) : json.textNode(part));
                }
                yield array;
            }
            default -> json.textNode(text);
        };
    }

    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (text.startsWith("\\|", i) || text.startsWith("\\\\", i)) {
                i++;
                part.append(text.charAt(i));
            } else if (c == '|') {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        parts.add(part.toString());
        return parts;
    }

    private static String joined(List<String> parts) {
        return parts.stream()
                .map(part -> part.replace("\\", "\\\\").replace("|", "\\|"))
                .collect(Collectors.joining("|"));
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

    private static long whole(String column, String text) throws BadCellException {
        if (!WHOLE.matcher(text).matches()) {
            throw new BadCellException(column, "expected a whole number, found " + text);
        }
        return Long.parseLong(text);
    }

    private static long time(String column, String text) throws BadCellException {
        try {
            if (WHOLE.matcher(text).matches()) {
                return Long.parseLong(text);
            }
            return text.length() == 10
                    ? LocalDate.parse(text)
                            .atStartOfDay(ZoneOffset.UTC)
                            .toInstant()
                            .toEpochMilli()
                    : Instant.parse(text).toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            throw new BadCellException(column, "expected a time such as 2026-12-24T18:00:00Z, found " + text);
        }
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
                row.add(joined(parts));
            } else if (value.isArray()) {
                List<String> parts = new ArrayList<>();
                value.forEach(part -> parts.add(part.isObject() ? memberText(part) : part.asText()));
                row.add(joined(parts));
            } else {
                boolean time = isTime(field.name()) && value.isNumber();
                boolean no = value.isBoolean() && !value.asBoolean();
                row.add(time ? Instant.ofEpochMilli(value.asLong()).toString() : no ? "" : value.asText(""));
            }
        }
        return row;
    }

    private static String amount(JsonNode minor, String currency) {
        return minor.isNumber() && CatalogRules.isCurrencyCode(currency)
                ? BigDecimal.valueOf(minor.asLong(), digits(currency)).toPlainString()
                : "";
    }

    private static String memberText(JsonNode member) {
        return member.path("itemId").asText() + "*" + member.path("quantity").asInt();
    }
}
