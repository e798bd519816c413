package dev.kombo.lab.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;

/** What a new version of a subject must keep to, with the names and meanings of Confluent's registry. */
enum CompatibilityLevel {
    /** Anything goes. */
    NONE(false, false, false),
    /** The new schema reads what the latest version wrote. */
    BACKWARD(true, false, false),
    /** The new schema reads what any version wrote. */
    BACKWARD_TRANSITIVE(true, false, true),
    /** The latest version reads what the new schema writes. */
    FORWARD(false, true, false),
    /** Every version reads what the new schema writes. */
    FORWARD_TRANSITIVE(false, true, true),
    /** Both directions, against the latest version. */
    FULL(true, true, false),
    /** Both directions, against every version. */
    FULL_TRANSITIVE(true, true, true);

    private final boolean backward;
    private final boolean forward;
    private final boolean transitive;

    CompatibilityLevel(boolean backward, boolean forward, boolean transitive) {
        this.backward = backward;
        this.forward = forward;
        this.transitive = transitive;
    }

    /**
     * The level with the name, in any case.
     *
     * @throws RegistryError 42203 where there is none
     */
    static CompatibilityLevel parse(String name) {
        try {
            return valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new RegistryError(422, 42203, "Invalid compatibility level: " + name);
        }
    }

    /**
     * What keeps a schema from being the next version.
     *
     * @param earlier the subject's versions, oldest first
     * @return reasons; none where it may be registered
     */
    List<String> breaches(Schema candidate, List<Schema> earlier) {
        List<String> breaches = new ArrayList<>();
        int first = transitive ? 0 : Math.max(0, earlier.size() - 1);
        for (Schema version : earlier.subList(first, earlier.size())) {
            if (backward) {
                collect("the new schema cannot read earlier data", candidate, version, breaches);
            }
            if (forward) {
                collect("an earlier schema cannot read new data", version, candidate, breaches);
            }
        }
        return breaches;
    }

    private static void collect(String effect, Schema reader, Schema writer, List<String> breaches) {
        var result = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
        if (result.getType() != SchemaCompatibilityType.COMPATIBLE) {
            result.getResult()
                    .getIncompatibilities()
                    .forEach(incompatibility -> breaches.add(effect + ": " + incompatibility.getType() + " at "
                            + incompatibility.getLocation() + ": " + incompatibility.getMessage()));
        }
    }
}
