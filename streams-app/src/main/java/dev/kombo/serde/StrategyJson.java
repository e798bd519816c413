package dev.kombo.serde;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kombo.schema.Strategy;
import java.io.IOException;
import java.util.Iterator;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;

/**
 * A strategy as a person writes it: the fields of the record as JSON, where those that have a default may be left out. A
 * value that may be null is written plainly, or wrapped in its type's name, as in Avro's own encoding.
 */
public final class StrategyJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private StrategyJson() {}

    /**
     * Reads a strategy; whether it can be used is another question.
     *
     * @throws IllegalArgumentException with what is wrong, in words for whoever wrote it
     */
    public static Strategy parse(String json) {
        try {
            Schema schema = Strategy.getClassSchema();
            JsonNode complete = complete(MAPPER.readTree(json), schema, "strategy");
            TrustedRecords.install();
            return new SpecificDatumReader<Strategy>(schema)
                    .read(null, DecoderFactory.get().jsonDecoder(schema, complete.toString()));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("it is no JSON: " + e.getOriginalMessage(), e);
        } catch (AvroRuntimeException | IOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static JsonNode complete(JsonNode given, Schema schema, String name) {
        return switch (schema.getType()) {
            case RECORD -> completeRecord(given, schema, name);
            case ARRAY -> completeArray(given, schema, name);
            case UNION -> completeUnion(given, schema, name);
            case ENUM -> expect(given, schema.getEnumSymbols().contains(given.asText()), name, schema.getEnumSymbols());
            case STRING -> expect(given, given.isTextual(), name, "a text");
            case INT, LONG -> expect(given, given.isIntegralNumber(), name, "a whole number");
            case DOUBLE, FLOAT -> expect(given, given.isNumber(), name, "a number");
            default -> given;
        };
    }

    private static JsonNode expect(JsonNode given, boolean right, String name, Object expected) {
        if (!right) {
            throw new IllegalArgumentException(name + " is " + given + ", " + expected + " is expected");
        }
        return given;
    }

    private static JsonNode completeRecord(JsonNode given, Schema schema, String name) {
        if (!given.isObject()) {
            throw new IllegalArgumentException(name + " is no object with the fields of " + schema.getName());
        }
        for (Iterator<String> names = given.fieldNames(); names.hasNext(); ) {
            String field = names.next();
            if (schema.getField(field) == null) {
                throw new IllegalArgumentException(name + " has no field " + field);
            }
        }
        ObjectNode complete = MAPPER.createObjectNode();
        for (Schema.Field field : schema.getFields()) {
            JsonNode value = given.get(field.name());
            if (value == null && !field.hasDefaultValue()) {
                throw new IllegalArgumentException(name + " lacks the field " + field.name());
            }
            complete.set(
                    field.name(),
                    complete(value == null ? defaultOf(field) : value, field.schema(), name + "." + field.name()));
        }
        return complete;
    }

    private static JsonNode defaultOf(Schema.Field field) {
        Object value = field.defaultVal();
        return value == JsonProperties.NULL_VALUE ? NullNode.getInstance() : MAPPER.valueToTree(value);
    }

    private static JsonNode completeArray(JsonNode given, Schema schema, String name) {
        if (!given.isArray()) {
            throw new IllegalArgumentException(name + " is no list");
        }
        ArrayNode complete = MAPPER.createArrayNode();
        for (int i = 0; i < given.size(); i++) {
            complete.add(complete(given.get(i), schema.getElementType(), name + "[" + i + "]"));
        }
        return complete;
    }

    /** Of a type or null. */
    private static JsonNode completeUnion(JsonNode given, Schema schema, String name) {
        if (given.isNull()) {
            return given;
        }
        for (Schema branch : schema.getTypes()) {
            if (branch.getType() != Schema.Type.NULL) {
                JsonNode wrapped = given.size() == 1 ? given.get(branch.getFullName()) : null;
                return MAPPER.createObjectNode()
                        .set(branch.getFullName(), complete(wrapped == null ? given : wrapped, branch, name));
            }
        }
        throw new IllegalArgumentException(name + " can only be null");
    }
}
