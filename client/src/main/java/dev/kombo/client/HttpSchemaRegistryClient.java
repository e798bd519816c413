package dev.kombo.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;

/**
 * A client of registries that speak Confluent's REST protocol. Ids and schemas are cached for good.
 *
 * <p>An unknown id is requested at most ten times per second, or once this client registers its schema: bytes in other
 * formats that repeat an id do not cost a request each, and do not keep a schema unknown that is registered later.
 */
public final class HttpSchemaRegistryClient implements SchemaRegistryClient {

    /** Most ids remembered as unknown; bytes in other formats may hold any number of them. */
    private static final int MAX_UNKNOWN_IDS = 10_000;

    private static final long ASK_AGAIN_NANOS = Duration.ofMillis(100).toNanos();

    private final RegistryTransport transport;
    private final LongSupplier nanoTime;
    private final ConcurrentMap<SubjectSchema, Integer> registeredIds = new ConcurrentHashMap<>();
    private final ConcurrentMap<SubjectSchema, Integer> lookedUpIds = new ConcurrentHashMap<>();
    private final ConcurrentMap<Integer, Schema> schemas = new ConcurrentHashMap<>();
    private final ConcurrentMap<Integer, Unknown> unknownIds = new ConcurrentHashMap<>();

    private record SubjectSchema(String subject, Schema schema) {}

    private record Unknown(SchemaRegistryException answer, long askedNanos) {}

    HttpSchemaRegistryClient(RegistryTransport transport, LongSupplier nanoTime) {
        this.transport = transport;
        this.nanoTime = nanoTime;
    }

    @Override
    public int register(String subject, Schema schema) {
        SubjectSchema key = new SubjectSchema(subject, schema);
        Integer known = registeredIds.get(key);
        if (known != null) {
            return known;
        }
        int id;
        try {
            id = id(subject, "/versions", schema, "register a schema under subject " + subject);
        } catch (SchemaRegistryException e) {
            if (!e.incompatible()) {
                throw e;
            }
            id = registeredByAnother(subject, schema, e);
        }
        registeredIds.put(key, id);
        unknownIds.remove(id);
        return id;
    }

    /**
     * Looks the schema up after a conflict. Where several clients register the first schema of a subject at once,
     * Apicurio Registry accepts one and answers the others with a conflict although the schema is there. Otherwise the
     * conflict is real.
     */
    private int registeredByAnother(String subject, Schema schema, SchemaRegistryException conflict) {
        try {
            return idOf(subject, schema);
        } catch (SchemaRegistryException e) {
            conflict.addSuppressed(e);
            throw conflict;
        }
    }

    @Override
    public int idOf(String subject, Schema schema) {
        SubjectSchema key = new SubjectSchema(subject, schema);
        Integer known = lookedUpIds.get(key);
        if (known != null) {
            return known;
        }
        int id = id(subject, "", schema, "look up a schema under subject " + subject);
        lookedUpIds.put(key, id);
        return id;
    }

    @Override
    public Schema byId(int id) {
        Schema known = schemas.get(id);
        if (known != null) {
            return known;
        }
        rejectIfKnownAsUnknown(id);
        String purpose = "read schema id " + id;
        try {
            Schema schema = parsed(transport.exchange("/schemas/ids/" + id, null, purpose), purpose);
            schemas.put(id, schema);
            unknownIds.remove(id);
            return schema;
        } catch (SchemaRegistryException e) {
            if (e.notFound()) {
                rememberAsUnknown(id, e);
            }
            throw e;
        }
    }

    private void rejectIfKnownAsUnknown(int id) {
        Unknown unknown = unknownIds.get(id);
        if (unknown != null && nanoTime.getAsLong() - unknown.askedNanos() < ASK_AGAIN_NANOS) {
            SchemaRegistryException answer = unknown.answer();
            throw SchemaRegistryException.refused(answer.getMessage(), answer.status(), answer.errorCode());
        }
    }

    private void rememberAsUnknown(int id, SchemaRegistryException answer) {
        if (unknownIds.size() >= MAX_UNKNOWN_IDS) {
            unknownIds.clear();
        }
        unknownIds.put(id, new Unknown(answer, nanoTime.getAsLong()));
    }

    private static Schema parsed(JsonNode answer, String purpose) {
        String type = answer.path("schemaType").asText("AVRO");
        JsonNode text = answer.path("schema");
        if (!type.equals("AVRO") || !answer.path("references").isEmpty() || !text.isTextual()) {
            throw SchemaRegistryException.refused(
                    "cannot " + purpose + ": the answer is not a self-contained Avro schema",
                    SchemaRegistryException.OK,
                    0);
        }
        try {
            // Lenient, since others may have registered names and defaults that Avro's checks now refuse.
            return new Schema.Parser(NameValidator.NO_VALIDATION)
                    .setValidateDefaults(false)
                    .parse(text.asText());
        } catch (AvroRuntimeException e) {
            throw new SchemaRegistryException(
                    "cannot " + purpose + ": not an Avro schema: " + e.getMessage(),
                    SchemaRegistryException.OK,
                    0,
                    false,
                    e);
        }
    }

    private int id(String subject, String resource, Schema schema, String purpose) {
        // A path segment: unlike in a form, a space is %20.
        String encoded = URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
        ObjectNode document = RegistryTransport.JSON.createObjectNode().put("schema", schema.toString());
        JsonNode value = transport
                .exchange("/subjects/" + encoded + resource, document.toString(), purpose)
                .path("id");
        if (!value.canConvertToInt()) {
            throw SchemaRegistryException.refused(
                    "cannot " + purpose + ": the answer has no id", SchemaRegistryException.OK, 0);
        }
        return value.asInt();
    }
}
