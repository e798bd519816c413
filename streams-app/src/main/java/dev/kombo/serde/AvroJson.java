package dev.kombo.serde;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kombo.client.TrustedRecords;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificData;

/**
 * Reads and writes Avro records as plain JSON, as people write it: fields with a default may be omitted, and unions
 * need no wrapper. Reports all mistakes of a document at once, each with its position.
 */
public final class AvroJson {
    private static final String UNKNOWN = "UNKNOWN";
    private static final String WHOLE = "body";
    private static final int LONGEST_QUOTE = 80;
    private static final ObjectMapper SCALARS = new ObjectMapper();

    private final List<Fault> faults = new ArrayList<>();
    private final List<Fault> ignored = new ArrayList<>();

    private AvroJson() {}

    /**
     * A mistake in a document.
     *
     * @param field position, such as arms[1].share; body if the whole document is not a record
     * @param reason short stable code: missing-field, unknown-field, wrong-type, removed-field
     * @param detail what was found and what was expected, for a person
     */
    public record Fault(String field, String reason, String detail) {}

    /**
     * The result of reading a document.
     *
     * @param record the record; null if there are faults
     * @param faults all mistakes
     * @param ignored fields that only earlier versions have
     */
    public record Read<T>(T record, List<Fault> faults, List<Fault> ignored) {}

    /** Reads a record of a generated class. */
    public static <T extends IndexedRecord> Read<T> read(JsonNode document, Class<T> type) {
        TrustedRecords.install();
        AvroJson reading = new AvroJson();
        Object read = reading.value(document, SpecificData.get().getSchema(type), "");
        return new Read<>(
                reading.faults.isEmpty() ? type.cast(read) : null,
                List.copyOf(reading.faults),
                List.copyOf(reading.ignored));
    }

    /** Writes a record, the same for equal records; {@link #read} gives it back. */
    public static ObjectNode write(IndexedRecord record) {
        return write(record, (type, field) -> true);
    }

    /**
     * Writes the chosen fields of a record and of those in it.
     *
     * @param chosen whether to write a field, by the names of its record and its own
     */
    static ObjectNode write(IndexedRecord record, BiPredicate<String, String> chosen) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        String type = record.getSchema().getName();
        for (Schema.Field field : record.getSchema().getFields()) {
            if (chosen.test(type, field.name())) {
                object.set(field.name(), json(record.get(field.pos()), chosen));
            }
        }
        return object;
    }

    /** Returns the type of a nullable union's value. */
    public static Schema valueOf(Schema union) {
        return union.getTypes().stream()
                .filter(type -> type.getType() != Schema.Type.NULL)
                .findFirst()
                .orElseThrow();
    }

    /**
     * Returns the symbols that a document may use for an enumeration, without the one that stands for symbols of later
     * versions.
     */
    public static List<String> symbols(Schema enumeration) {
        return enumeration.getEnumSymbols().stream()
                .filter(symbol -> !symbol.equals(UNKNOWN))
                .toList();
    }

    private Object value(JsonNode node, Schema schema, String place) {
        return switch (schema.getType()) {
            case RECORD -> record(node, schema, place);
            case UNION -> node.isNull() ? null : value(unwrapped(node, valueOf(schema)), valueOf(schema), place);
            case ARRAY -> array(node, schema, place);
            case MAP -> map(node, schema, place);
            case ENUM -> symbol(node, schema, place);
            case STRING -> node.isTextual() ? node.textValue() : wrong(place, "a text", node);
            case BOOLEAN -> node.isBoolean() ? node.booleanValue() : wrong(place, "true or false", node);
            case INT ->
                node.isIntegralNumber() && node.canConvertToInt()
                        ? (Object) node.intValue()
                        : wrong(place, "a whole number of 32 bits", node);
            case LONG ->
                node.isIntegralNumber() && node.canConvertToLong()
                        ? (Object) node.longValue()
                        : wrong(place, "a whole number of 64 bits", node);
            case FLOAT -> node.isNumber() ? (Object) node.floatValue() : wrong(place, "a number", node);
            case DOUBLE -> node.isNumber() ? (Object) node.doubleValue() : wrong(place, "a number", node);
            case FIXED, BYTES, NULL -> throw new IllegalArgumentException("no plain JSON is known for " + schema);
        };
    }

    /** Removes the type name that Avro's own tools wrap around the value of a union. */
    private static JsonNode unwrapped(JsonNode node, Schema schema) {
        return node.size() == 1 && node.has(schema.getFullName()) ? node.get(schema.getFullName()) : node;
    }

    private Object record(JsonNode node, Schema schema, String place) {
        if (!node.isObject()) {
            return wrong(place, "an object", node);
        }
        for (Map.Entry<String, JsonNode> property : node.properties()) {
            if (schema.getField(property.getKey()) == null) {
                unknown(at(place, property.getKey()), schema, property.getKey());
            }
        }
        IndexedRecord record = (IndexedRecord) SpecificData.get().newRecord(null, schema);
        for (Schema.Field field : schema.getFields()) {
            JsonNode given = node.get(field.name());
            if (given != null) {
                put(record, field, value(given, field.schema(), at(place, field.name())));
            } else if (field.hasDefaultValue()) {
                record.put(
                        field.pos(),
                        SpecificData.get()
                                .deepCopy(field.schema(), SpecificData.get().getDefaultValue(field)));
            } else {
                fault(at(place, field.name()), "missing-field", field.name() + " is needed");
            }
        }
        return record;
    }

    private void unknown(String place, Schema schema, String field) {
        String replaced = RemovedFields.sentence(schema.getName(), field);
        if (replaced == null) {
            fault(place, "unknown-field", "there is no field of this name in " + schema.getName());
        } else {
            ignored.add(
                    new Fault(place, "removed-field", "is ignored, since this version does not have it: " + replaced));
        }
    }

    private void put(IndexedRecord record, Schema.Field field, Object value) {
        // A faulty field stays empty; generated classes refuse null for a primitive.
        if (value != null || field.schema().isNullable()) {
            record.put(field.pos(), value);
        }
    }

    private Object array(JsonNode node, Schema schema, String place) {
        if (!node.isArray()) {
            return wrong(place, "an array", node);
        }
        List<Object> values = new ArrayList<>(node.size());
        for (int i = 0; i < node.size(); i++) {
            values.add(value(node.get(i), schema.getElementType(), place + "[" + i + "]"));
        }
        return values;
    }

    private Object map(JsonNode node, Schema schema, String place) {
        if (!node.isObject()) {
            return wrong(place, "an object", node);
        }
        Map<String, Object> values = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            values.put(entry.getKey(), value(entry.getValue(), schema.getValueType(), at(place, entry.getKey())));
        }
        return values;
    }

    private Object symbol(JsonNode node, Schema schema, String place) {
        List<String> symbols = symbols(schema);
        return node.isTextual() && symbols.contains(node.textValue())
                ? SpecificData.get().createEnum(node.textValue(), schema)
                : wrong(place, "one of " + String.join(", ", symbols), node);
    }

    private Object wrong(String place, String expected, JsonNode found) {
        String text = found.toString();
        fault(
                place,
                "wrong-type",
                (text.length() > LONGEST_QUOTE ? text.substring(0, LONGEST_QUOTE) + "…" : text) + ", " + expected
                        + " is expected");
        return null;
    }

    private void fault(String place, String reason, String detail) {
        faults.add(new Fault(place.isEmpty() ? WHOLE : place, reason, detail));
    }

    private static String at(String place, String name) {
        return place.isEmpty() ? name : place + "." + name;
    }

    private static JsonNode json(Object value, BiPredicate<String, String> chosen) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        if (value == null) {
            return json.nullNode();
        }
        if (value instanceof IndexedRecord record) {
            return write(record, chosen);
        }
        if (value instanceof List<?> list) {
            ArrayNode array = json.arrayNode();
            list.forEach(element -> array.add(json(element, chosen)));
            return array;
        }
        if (value instanceof Map<?, ?> map) {
            ObjectNode object = json.objectNode();
            map.entrySet().stream()
                    .sorted(Comparator.comparing(entry -> entry.getKey().toString()))
                    .forEach(entry -> object.set(entry.getKey().toString(), json(entry.getValue(), chosen)));
            return object;
        }
        return value instanceof Number || value instanceof Boolean
                ? SCALARS.valueToTree(value)
                : json.textNode(value.toString());
    }
}
