package dev.kombo.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * Reads records from JSON as people write it: fields that are missing have their default, and a value of a union needs no
 * name of its type, though it may have one, as in Avro's own JSON. All that is wrong is told at once.
 */
final class JsonRecords {
    private final List<String> problems = new ArrayList<>();

    private JsonRecords() {}

    /**
     * The record.
     *
     * @param type a generated class with records, enums, arrays, unions with null, text, numbers and booleans
     * @param problems gets all that is wrong; the record is of use only where nothing is
     */
    static <T extends SpecificRecord> T read(JsonNode json, Class<T> type, List<String> problems) {
        JsonRecords reader = new JsonRecords();
        Object record = reader.value(json, SpecificData.get().getSchema(type), "");
        problems.addAll(reader.problems);
        return type.cast(record);
    }

    private Object value(JsonNode json, Schema schema, String path) {
        return switch (schema.getType()) {
            case RECORD -> record(json, schema, path);
            case ARRAY -> array(json, schema, path);
            case UNION -> union(json, schema, path);
            case ENUM -> symbol(json, schema, path);
            case STRING -> json.isTextual() ? json.textValue() : wrong(json, "a text", path);
            case BOOLEAN -> json.isBoolean() ? json.booleanValue() : wrong(json, "true or false", path);
            case INT -> json.isIntegralNumber() && json.canConvertToInt()
                    ? json.intValue()
                    : wrong(json, "a whole number", path);
            case LONG -> json.isIntegralNumber() && json.canConvertToLong()
                    ? json.longValue()
                    : wrong(json, "a whole number", path);
            case DOUBLE -> json.isNumber() ? json.doubleValue() : wrong(json, "a number", path);
            default -> throw new IllegalArgumentException("no JSON for " + schema.getType());
        };
    }

    private SpecificRecord record(JsonNode json, Schema schema, String path) {
        if (!json.isObject()) {
            wrong(json, "an object", path);
            return null;
        }
        SpecificRecord record = (SpecificRecord) SpecificData.get().newRecord(null, schema);
        json.fieldNames().forEachRemaining(name -> {
            if (schema.getField(name) == null) {
                problems.add("unknown field " + inside(path, name));
            }
        });
        for (Schema.Field field : schema.getFields()) {
            JsonNode given = json.get(field.name());
            String at = inside(path, field.name());
            if (given != null) {
                record.put(field.pos(), valueOrNothing(given, field, at, record));
            } else if (field.hasDefaultValue()) {
                record.put(field.pos(), SpecificData.get().getDefaultValue(field));
            } else {
                problems.add(at + " is missing");
            }
        }
        return record;
    }

    /** What a field is set to: where its value is wrong, what it holds anyway, as not all fields can hold null. */
    private Object valueOrNothing(JsonNode given, Schema.Field field, String path, SpecificRecord record) {
        int before = problems.size();
        Object value = value(given, field.schema(), path);
        return problems.size() == before ? value : record.get(field.pos());
    }

    private List<Object> array(JsonNode json, Schema schema, String path) {
        List<Object> list = new ArrayList<>();
        if (!json.isArray()) {
            wrong(json, "a list", path);
            return list;
        }
        for (int i = 0; i < json.size(); i++) {
            list.add(value(json.get(i), schema.getElementType(), path + "[" + i + "]"));
        }
        return list;
    }

    private Object union(JsonNode json, Schema schema, String path) {
        if (json.isNull()) {
            return null;
        }
        Schema other = schema.getTypes().stream()
                .filter(type -> type.getType() != Schema.Type.NULL)
                .findFirst()
                .orElseThrow();
        boolean named = json.isObject() && json.size() == 1 && json.has(other.getFullName());
        return value(named ? json.get(other.getFullName()) : json, other, path);
    }

    private Object symbol(JsonNode json, Schema schema, String path) {
        if (!json.isTextual() || !schema.hasEnumSymbol(json.textValue())) {
            return wrong(json, "one of " + String.join(", ", schema.getEnumSymbols()), path);
        }
        return SpecificData.get().createEnum(json.textValue(), schema);
    }

    private Object wrong(JsonNode json, String expected, String path) {
        problems.add((path.isEmpty() ? "the file" : path) + " is " + json + ", " + expected + " is expected");
        return null;
    }

    private static String inside(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
