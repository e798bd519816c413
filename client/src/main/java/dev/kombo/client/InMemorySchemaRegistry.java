package dev.kombo.client;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;

/**
 * A registry in memory for tests and trials, {@code mock://NAME}, shared by everything in the process that names the
 * same scope. It behaves like a new Confluent registry, including backward compatibility, statuses and error codes. It
 * ends with the process, so records that outlive the process must not be written with it.
 */
public final class InMemorySchemaRegistry implements SchemaRegistryClient {

    private static final ConcurrentMap<String, InMemorySchemaRegistry> SCOPES = new ConcurrentHashMap<>();

    private final String scope;

    // Guarded by this.
    private final Map<String, Integer> ids = new HashMap<>();
    private final List<Schema> schemas = new ArrayList<>();
    private final Map<String, List<Schema>> subjects = new HashMap<>();

    /** Creates a registry that is not shared under its scope. */
    public InMemorySchemaRegistry(String scope) {
        this.scope = scope;
    }

    /** Returns the registry of a scope; the first use creates it. */
    public static InMemorySchemaRegistry scope(String name) {
        return SCOPES.computeIfAbsent(name, InMemorySchemaRegistry::new);
    }

    @Override
    public synchronized int register(String subject, Schema schema) {
        List<Schema> versions = subjects.computeIfAbsent(subject, key -> new ArrayList<>());
        String text = schema.toString();
        if (!holds(versions, text)) {
            requireBackwardCompatible(subject, schema, versions);
            versions.add(schema);
        }
        return ids.computeIfAbsent(text, key -> {
            schemas.add(schema);
            return schemas.size();
        });
    }

    @Override
    public synchronized int idOf(String subject, Schema schema) {
        if (!holds(versions(subject), schema.toString())) {
            throw refused(
                    "the schema is not registered under subject " + subject,
                    SchemaRegistryException.NOT_FOUND,
                    SchemaRegistryException.SCHEMA_NOT_FOUND);
        }
        return Objects.requireNonNull(ids.get(schema.toString()));
    }

    /** Schemas of a subject, the oldest first. */
    public synchronized List<Schema> versions(String subject) {
        List<Schema> versions = subjects.getOrDefault(subject, List.of());
        if (versions.isEmpty()) {
            throw refused(
                    "subject " + subject + " is unknown",
                    SchemaRegistryException.NOT_FOUND,
                    SchemaRegistryException.SUBJECT_NOT_FOUND);
        }
        return List.copyOf(versions);
    }

    @Override
    public synchronized Schema byId(int id) {
        if (id < 1 || id > schemas.size()) {
            throw refused(
                    "schema id " + id + " is unknown",
                    SchemaRegistryException.NOT_FOUND,
                    SchemaRegistryException.SCHEMA_NOT_FOUND);
        }
        return schemas.get(id - 1);
    }

    /** Compares texts, because Avro's own comparison ignores documentation. */
    private static boolean holds(List<Schema> versions, String text) {
        return versions.stream().anyMatch(version -> version.toString().equals(text));
    }

    private void requireBackwardCompatible(String subject, Schema schema, List<Schema> versions) {
        if (versions.isEmpty()) {
            return;
        }
        Schema latest = versions.get(versions.size() - 1);
        var result = SchemaCompatibility.checkReaderWriterCompatibility(schema, latest);
        if (result.getType() != SchemaCompatibility.SchemaCompatibilityType.COMPATIBLE) {
            throw refused(
                    "the schema cannot read what was written with the latest of subject " + subject + ": "
                            + result.getResult().getIncompatibilities(),
                    SchemaRegistryException.CONFLICT,
                    SchemaRegistryException.CONFLICT);
        }
    }

    private SchemaRegistryException refused(String message, int status, int errorCode) {
        return SchemaRegistryException.refused("mock://" + scope + ": " + message, status, errorCode);
    }
}
