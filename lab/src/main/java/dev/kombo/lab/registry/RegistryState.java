package dev.kombo.lab.registry;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.AvroTypeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;

/**
 * All that a registry knows, immutable: a change gives a new state, and no change gives the same. Two schemas are the
 * same where their canonical text is, whatever the white space; docs and defaults count, as readers get them from here.
 *
 * @param schemas canonical text of each schema; the first has id 1
 * @param subjects versions by subject, oldest first, deleted ones included
 * @param levels compatibility level by subject, where one is set
 * @param globalLevel level of all other subjects
 */
record RegistryState(
        List<String> schemas,
        Map<String, List<SubjectVersion>> subjects,
        Map<String, CompatibilityLevel> levels,
        CompatibilityLevel globalLevel) {

    /** A new registry. */
    static final RegistryState EMPTY = new RegistryState(List.of(), Map.of(), Map.of(), CompatibilityLevel.BACKWARD);

    RegistryState {
        schemas = List.copyOf(schemas);
        subjects = Collections.unmodifiableMap(new TreeMap<>(subjects));
        levels = Collections.unmodifiableMap(new TreeMap<>(levels));
        Objects.requireNonNull(globalLevel, "globalLevel");
    }

    /** What a registration gave. */
    record Registration(RegistryState state, int id) {}

    /** One version with all that a client may ask about it. */
    record Found(String subject, int version, int id, String schema) {}

    /**
     * Registers a schema; the state stays the same where the subject has it already.
     *
     * @throws RegistryError 42201 where it is no schema, 409 where it is incompatible
     */
    Registration register(String subject, String text) {
        Schema schema = parse(text);
        String canonical = schema.toString();
        List<SubjectVersion> active = active(subject);
        for (SubjectVersion version : active) {
            if (textOf(version).equals(canonical)) {
                return new Registration(this, version.id());
            }
        }
        List<String> breaches = level(subject).breaches(schema, schemasOf(active));
        if (!breaches.isEmpty()) {
            throw new RegistryError(
                    409,
                    409,
                    "Schema being registered is incompatible with an earlier schema for subject \"" + subject + "\": "
                            + String.join("; ", breaches));
        }
        List<String> known = new ArrayList<>(schemas);
        if (!known.contains(canonical)) {
            known.add(canonical);
        }
        int id = known.indexOf(canonical) + 1;
        List<SubjectVersion> versions = new ArrayList<>(all(subject));
        versions.add(new SubjectVersion(versions.size() + 1, id, false));
        return new Registration(
                new RegistryState(
                        List.copyOf(known), with(subjects, subject, List.copyOf(versions)), levels, globalLevel),
                id);
    }

    /**
     * Finds a schema within a subject.
     *
     * @throws RegistryError 40401, 40403, 42201
     */
    Found lookUp(String subject, String text) {
        String canonical = parse(text).toString();
        return requireActive(subject).stream()
                .filter(version -> textOf(version).equals(canonical))
                .findFirst()
                .map(version -> found(subject, version))
                .orElseThrow(() -> RegistryError.schemaNotFound(""));
    }

    /**
     * The text of the schema with the id.
     *
     * @throws RegistryError 40403
     */
    String schema(int id) {
        if (id < 1 || id > schemas.size()) {
            throw RegistryError.schemaNotFound(" " + id);
        }
        return schemas.get(id - 1);
    }

    /** Subjects with a version that is not deleted, in order of their names. */
    List<String> subjectNames() {
        return subjects.keySet().stream()
                .filter(subject -> !active(subject).isEmpty())
                .sorted()
                .toList();
    }

    /**
     * The numbers of a subject's versions.
     *
     * @throws RegistryError 40401
     */
    List<Integer> versions(String subject) {
        return requireActive(subject).stream().map(SubjectVersion::version).toList();
    }

    /**
     * A version of a subject.
     *
     * @param version a number from 1, or {@code latest}
     * @throws RegistryError 40401, 40402, 42202
     */
    Found version(String subject, String version) {
        Optional<Integer> number = number(version);
        List<SubjectVersion> active = requireActive(subject);
        if (number.isEmpty()) {
            return found(subject, active.get(active.size() - 1));
        }
        return active.stream()
                .filter(candidate -> candidate.version() == number.get())
                .findFirst()
                .map(candidate -> found(subject, candidate))
                .orElseThrow(() -> RegistryError.versionNotFound(version));
    }

    /**
     * What keeps a schema from following a version, by the subject's level; nothing against a subject without versions
     * where the latest is asked for.
     *
     * @throws RegistryError 40401, 40402, 42201, 42202
     */
    List<String> breaches(String subject, String version, String text) {
        Schema candidate = parse(text);
        if (number(version).isEmpty() && active(subject).isEmpty()) {
            return List.of();
        }
        return level(subject)
                .breaches(candidate, List.of(parse(version(subject, version).schema())));
    }

    /** The level that applies to a subject. */
    CompatibilityLevel level(String subject) {
        return levels.getOrDefault(subject, globalLevel);
    }

    RegistryState withGlobalLevel(CompatibilityLevel level) {
        return level == globalLevel ? this : new RegistryState(schemas, subjects, levels, level);
    }

    RegistryState withLevel(String subject, CompatibilityLevel level) {
        return level == levels.get(subject)
                ? this
                : new RegistryState(schemas, subjects, with(levels, subject, level), globalLevel);
    }

    /**
     * Deletes all versions of a subject, softly: bytes written with them can still be read.
     *
     * @throws RegistryError 40401
     */
    RegistryState delete(String subject) {
        requireActive(subject);
        List<SubjectVersion> deleted =
                all(subject).stream().map(SubjectVersion::delete).toList();
        return new RegistryState(schemas, with(subjects, subject, deleted), levels, globalLevel);
    }

    private List<SubjectVersion> all(String subject) {
        return subjects.getOrDefault(subject, List.of());
    }

    private List<SubjectVersion> active(String subject) {
        return all(subject).stream().filter(version -> !version.deleted()).toList();
    }

    private List<SubjectVersion> requireActive(String subject) {
        List<SubjectVersion> active = active(subject);
        if (active.isEmpty()) {
            throw RegistryError.subjectNotFound(subject);
        }
        return active;
    }

    private String textOf(SubjectVersion version) {
        return schemas.get(version.id() - 1);
    }

    private List<Schema> schemasOf(List<SubjectVersion> versions) {
        return versions.stream().map(version -> parse(textOf(version))).toList();
    }

    private Found found(String subject, SubjectVersion version) {
        return new Found(subject, version.version(), version.id(), textOf(version));
    }

    /** Empty: the latest. */
    private static Optional<Integer> number(String version) {
        if (version.equals("latest") || version.equals("-1")) {
            return Optional.empty();
        }
        if (!version.matches("[1-9][0-9]{0,8}")) {
            throw new RegistryError(
                    422,
                    42202,
                    "The specified version '" + version + "' is not a valid version id. Allowed values are between"
                            + " [1, 2^31-1] and the string \"latest\"");
        }
        return Optional.of(Integer.valueOf(version));
    }

    private static Schema parse(String text) {
        try {
            return new Schema.Parser().parse(text);
        } catch (SchemaParseException | AvroTypeException e) {
            throw new RegistryError(422, 42201, "Invalid schema: " + e.getMessage());
        }
    }

    private static <V> Map<String, V> with(Map<String, V> map, String key, V value) {
        Map<String, V> changed = new HashMap<>(map);
        changed.put(key, value);
        return changed;
    }
}
