package dev.kombo.query.http;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kombo.serde.AvroJson;
import dev.kombo.serde.OfferJson;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.reflect.ReflectData;
import org.apache.avro.specific.SpecificData;

/**
 * Collects the JSON schemas (2020-12) of records as components of one OpenAPI document. The components of a Java record
 * are the properties; all are always present, those marked nullable or boxed may be null.
 */
final class JsonSchemas {
    private static final String REFERENCE = "#/components/schemas/";

    private final JsonNodeFactory json = JsonNodeFactory.instance;
    private final Map<String, ObjectNode> components = new TreeMap<>();
    private final Map<String, String> types = new HashMap<>();

    /** All requested components, by name. */
    Map<String, ObjectNode> components() {
        return components;
    }

    /** Returns a reference to a record's schema. */
    ObjectNode of(Class<?> type) {
        String name = nameOf(type);
        claim(name, type.getName());
        if (!components.containsKey(name)) {
            ObjectNode schema = json.objectNode().put("type", "object");
            components.put(name, schema);
            ObjectNode properties = schema.putObject("properties");
            addProperties(type, properties);
            properties.fieldNames().forEachRemaining(schema.putArray("required")::add);
        }
        return reference(name);
    }

    private void addProperties(Class<?> type, ObjectNode properties) {
        for (RecordComponent component : type.getRecordComponents()) {
            if (component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
                addProperties(component.getType(), properties);
            } else if (!component.getAccessor().isAnnotationPresent(JsonAnyGetter.class)) {
                properties.set(component.getName(), property(component));
            }
        }
    }

    private void claim(String name, String type) {
        String other = types.putIfAbsent(name, type);
        if (other != null && !other.equals(type)) {
            throw new IllegalArgumentException(type + " and " + other + " would have one name");
        }
    }

    /** A part of a view is named after the view, but a view is not named after its routes. */
    private static String nameOf(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        String own = type.getSimpleName().replaceFirst("View$", "");
        boolean part =
                outer != null && outer.isRecord() && !outer.getSimpleName().endsWith("Routes");
        return part ? nameOf(outer) + own : own;
    }

    private ObjectNode reference(String name) {
        return json.objectNode().put("$ref", REFERENCE + name);
    }

    private ObjectNode property(RecordComponent component) {
        Described described = component.getAnnotation(Described.class);
        ObjectNode schema = described != null && described.avro() != Void.class
                ? ofAvro(component.getType(), described.avro())
                : ofType(component.getGenericType());
        boolean boxed = Number.class.isAssignableFrom(component.getType()) || component.getType() == Boolean.class;
        if (boxed || (described != null && described.nullable())) {
            schema = nullable(schema);
        }
        if (described != null && !described.value().isEmpty()) {
            schema.put("description", described.value());
        }
        return schema;
    }

    private ObjectNode ofAvro(Class<?> type, Class<?> record) {
        ObjectNode schema = of(SpecificData.get().getSchema(record));
        return Collection.class.isAssignableFrom(type) ? arrayOf(schema) : schema;
    }

    private ObjectNode nullable(ObjectNode schema) {
        JsonNode type = schema.get("type");
        if (type != null && type.isTextual() && !schema.has("enum")) {
            schema.putArray("type").add(type.asText()).add("null");
            return schema;
        }
        ObjectNode either = json.objectNode();
        either.putArray("oneOf").add(schema).addObject().put("type", "null");
        return either;
    }

    private ObjectNode ofType(Type type) {
        if (type instanceof ParameterizedType generic) {
            Class<?> raw = (Class<?>) generic.getRawType();
            Type[] arguments = generic.getActualTypeArguments();
            if (Collection.class.isAssignableFrom(raw)) {
                return arrayOf(ofType(arguments[0]));
            }
            return mapOf(ofType(arguments[1]));
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isArray()) {
            return arrayOf(ofType(plain.getComponentType()));
        }
        if (plain.isEnum()) {
            return enumeration(Stream.of(plain.getEnumConstants()).map(Object::toString));
        }
        if (plain.isRecord()) {
            return of(plain);
        }
        return JsonNode.class.isAssignableFrom(plain)
                ? json.objectNode().put("type", "object")
                : of(ReflectData.get().getSchema(plain));
    }

    private ObjectNode mapOf(ObjectNode values) {
        ObjectNode schema = json.objectNode().put("type", "object");
        schema.set("additionalProperties", values);
        return schema;
    }

    private ObjectNode arrayOf(ObjectNode items) {
        ObjectNode schema = json.objectNode().put("type", "array");
        schema.set("items", items);
        return schema;
    }

    /** Returns the schema of an Avro type; for a record a reference. */
    ObjectNode of(Schema schema) {
        return switch (schema.getType()) {
            case RECORD -> record(schema);
            case ENUM -> enumeration(AvroJson.symbols(schema).stream());
            case ARRAY -> arrayOf(of(schema.getElementType()));
            case MAP -> mapOf(of(schema.getValueType()));
            case UNION -> nullable(of(AvroJson.valueOf(schema)));
            case STRING -> json.objectNode().put("type", "string");
            case INT -> json.objectNode().put("type", "integer").put("format", "int32");
            case LONG -> json.objectNode().put("type", "integer").put("format", "int64");
            case FLOAT, DOUBLE -> json.objectNode().put("type", "number");
            case BOOLEAN -> json.objectNode().put("type", "boolean");
            case FIXED, BYTES, NULL -> throw new IllegalArgumentException("no plain JSON is known for " + schema);
        };
    }

    private ObjectNode record(Schema record) {
        String name = record.getName();
        claim(name, record.getFullName());
        if (!components.containsKey(name)) {
            ObjectNode schema = json.objectNode();
            components.put(name, schema);
            List<String> needed = record.getFields().stream()
                    .filter(field -> !field.hasDefaultValue() && !OfferJson.mayLack(name, field.name()))
                    .map(Schema.Field::name)
                    .toList();
            schema.put("type", "object").put("description", record.getDoc()).setAll(partOf(record, needed));
        }
        return reference(name);
    }

    /** Returns the schema of an Avro record with other required fields. */
    ObjectNode partOf(Schema record, List<String> needed) {
        ObjectNode schema = json.objectNode().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        for (Schema.Field field : record.getFields()) {
            ObjectNode value = of(field.schema());
            properties.set(
                    OfferJson.nameOf(record.getName(), field.name()),
                    (OfferJson.mayBeNull(record.getName(), field.name()) ? nullable(value) : value)
                            .put("description", field.doc()));
        }
        needed.forEach(schema.putArray("required")::add);
        return schema.put("additionalProperties", false);
    }

    private ObjectNode enumeration(Stream<String> symbols) {
        ObjectNode schema = json.objectNode().put("type", "string");
        symbols.forEach(schema.putArray("enum")::add);
        return schema;
    }
}
