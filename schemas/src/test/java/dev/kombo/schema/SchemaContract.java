package dev.kombo.schema;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaParser;

/**
 * The rules that the schemas keep from one release to the next; each returns the breaches it found, none if it holds.
 */
final class SchemaContract {

    private SchemaContract() {}

    /** Schemas of a folder by file name, parsed together as the code generator does: one may refer to another. */
    static Map<String, Schema> read(Path folder) {
        SchemaParser parser = new SchemaParser();
        Map<String, SchemaParser.ParseResult> parsed = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".avsc")).toList()) {
                parsed.put(file.getFileName().toString(), parser.parse(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, Schema> schemas = new TreeMap<>();
        parsed.forEach((file, result) -> schemas.put(file, result.mainSchema()));
        return schemas;
    }

    /**
     * The folder of the newest release under {@code released}, by version number: 0.10.0 is newer than 0.9.0.
     *
     * @throws IllegalStateException where there is no release
     */
    static Path lastRelease(Path released) {
        try (Stream<Path> folders = Files.list(released)) {
            return folders.filter(Files::isDirectory)
                    .max(Comparator.comparing(folder ->
                            ModuleDescriptor.Version.parse(folder.getFileName().toString())))
                    .orElseThrow(() -> new IllegalStateException("no release under " + released));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Why readers of {@code current} could not read data of {@code released}, or the other way round. */
    static List<String> incompatibilities(Schema released, Schema current) {
        List<String> breaches = unreadable(released, current);
        describe("forward (old reader, new data)", released, current, breaches);
        return breaches;
    }

    /** Why readers of {@code current} could not read data of {@code released}. */
    static List<String> unreadable(Schema released, Schema current) {
        List<String> breaches = new ArrayList<>();
        describe("backward (new reader, old data)", current, released, breaches);
        return breaches;
    }

    private static void describe(String direction, Schema reader, Schema writer, List<String> breaches) {
        var result = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
        if (result.getType() != SchemaCompatibilityType.COMPATIBLE) {
            result.getResult()
                    .getIncompatibilities()
                    .forEach(incompatibility -> breaches.add(direction + ": " + incompatibility.getType() + " at "
                            + incompatibility.getLocation() + ": " + incompatibility.getMessage()));
        }
    }

    /** Records, enums and fields, nested ones too, whose doc is missing or blank. */
    static List<String> undocumented(Schema schema) {
        List<String> breaches = new ArrayList<>();
        collectUndocumented(schema, breaches, new HashSet<>());
        return breaches;
    }

    private static void collectUndocumented(Schema schema, List<String> breaches, Set<String> seen) {
        switch (schema.getType()) {
            case RECORD -> {
                if (seen.add(schema.getFullName())) {
                    requireDoc(schema.getFullName(), schema.getDoc(), breaches);
                    for (Schema.Field field : schema.getFields()) {
                        requireDoc(schema.getFullName() + "." + field.name(), field.doc(), breaches);
                        collectUndocumented(field.schema(), breaches, seen);
                    }
                }
            }
            case ENUM -> {
                if (seen.add(schema.getFullName())) {
                    requireDoc(schema.getFullName(), schema.getDoc(), breaches);
                }
            }
            case ARRAY -> collectUndocumented(schema.getElementType(), breaches, seen);
            case MAP -> collectUndocumented(schema.getValueType(), breaches, seen);
            case UNION -> schema.getTypes().forEach(branch -> collectUndocumented(branch, breaches, seen));
            default -> {
                // The other types have neither fields nor docs.
            }
        }
    }

    private static void requireDoc(String name, String doc, List<String> breaches) {
        if (doc == null || doc.isBlank()) {
            breaches.add(name);
        }
    }
}
