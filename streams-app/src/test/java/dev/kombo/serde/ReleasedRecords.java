package dev.kombo.serde;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParser;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;

/** Records as version 0.2.0 wrote them, by its schemas, from JSON; fields that are left out have their defaults. */
final class ReleasedRecords {
    private static final Path SCHEMAS = Path.of("../schemas/released/0.2.0");

    private ReleasedRecords() {}

    static Schema schema(String name) {
        try {
            return new SchemaParser().parse(SCHEMAS.resolve(name + ".avsc")).mainSchema();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static GenericRecord record(Schema schema, String json) {
        try {
            return record(schema, new ObjectMapper().readTree(json));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static GenericRecord record(Schema schema, JsonNode json) {
        GenericRecordBuilder record = new GenericRecordBuilder(schema);
        json.properties()
                .forEach(field -> record.set(
                        field.getKey(), value(schema.getField(field.getKey()).schema(), field.getValue())));
        return record.build();
    }

    private static Object value(Schema schema, JsonNode json) {
        return switch (schema.getType()) {
            case RECORD -> record(schema, json);
            case ARRAY -> {
                List<Object> values = new ArrayList<>();
                json.forEach(element -> values.add(value(schema.getElementType(), element)));
                yield values;
            }
            case MAP -> {
                Map<String, Object> values = new HashMap<>();
                json.properties()
                        .forEach(entry -> values.put(entry.getKey(), value(schema.getValueType(), entry.getValue())));
                yield values;
            }
            // All unions are of null and one type.
            case UNION -> json.isNull() ? null : value(schema.getTypes().get(1), json);
            case ENUM -> new GenericData.EnumSymbol(schema, json.asText());
            case STRING -> json.asText();
            case INT -> json.asInt();
            case LONG -> json.asLong();
            case DOUBLE -> Double.parseDouble(json.asText());
            default -> throw new IllegalArgumentException("not used by any test: " + schema);
        };
    }
}
