package dev.kombo.query.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.apache.avro.Schema;

/**
 * Media type and schema of a body.
 *
 * @param mediaType media type
 * @param schema returns its JSON schema; adds its components to the given ones
 */
public record BodySchema(String mediaType, Function<JsonSchemas, ObjectNode> schema) {
    private static final String JSON = "application/json";

    /** Extracts the media type from a Content-Type header. */
    static String mediaTypeOf(String contentType) {
        return contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    /** A Java record, as Jackson writes it. */
    public static BodySchema of(Class<? extends Record> type) {
        return new BodySchema(JSON, components -> components.of(type));
    }

    /** An Avro record as plain JSON: unions need no wrapper, and fields with a default may be omitted. */
    public static BodySchema of(Schema schema) {
        return new BodySchema(JSON, components -> components.of(schema));
    }

    /** An Avro record of which only the named fields are required. */
    public static BodySchema partOf(Schema schema) {
        return new BodySchema(JSON, components -> components.partOf(schema, List.of()));
    }

    /** An Avro record, or an array of them. */
    public static BodySchema oneOrMany(Schema schema) {
        return new BodySchema(JSON, components -> oneOrMany(components.of(schema)));
    }

    /** Any JSON object, or an array of them. */
    public static BodySchema oneOrManyObjects() {
        return new BodySchema(
                JSON,
                components -> oneOrMany(JsonNodeFactory.instance.objectNode().put("type", "object")));
    }

    private static ObjectNode oneOrMany(JsonNode one) {
        ObjectNode either = JsonNodeFactory.instance.objectNode();
        either.putArray("oneOf").add(one).addObject().put("type", "array").set("items", one);
        return either;
    }

    /** Any JSON object. */
    public static BodySchema object() {
        return new BodySchema(
                JSON, components -> JsonNodeFactory.instance.objectNode().put("type", "object"));
    }

    /** Server-sent events, each with one of these bodies as its data. */
    public static BodySchema events(BodySchema... data) {
        return new BodySchema(EventStream.MEDIA_TYPE, components -> {
            ObjectNode either = JsonNodeFactory.instance.objectNode();
            ArrayNode kinds = either.putArray("oneOf");
            for (BodySchema body : data) {
                kinds.add(body.schema().apply(components));
            }
            return either;
        });
    }

    /** Text of a media type. */
    public static BodySchema text(String mediaType) {
        return new BodySchema(
                mediaType, components -> JsonNodeFactory.instance.objectNode().put("type", "string"));
    }
}
