package dev.kombo.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the schemas in {@code src/main/avro} to the last release in {@code released}. */
class SchemaContractTest {

    /** Released, but this version reads no record of it: 0.2.0 wrote none, or only to a topic that is gone. */
    private static final Set<String> UNUSED = Set.of("ItemCooccurrences.avsc", "Decision.avsc");

    /** Of what 0.2.0 stored: this version reads it, and writes stores without schemas. */
    private static final Set<String> ONLY_READ = Set.of("ItemState.avsc", "ItemNeighbors.avsc", "StrategyState.avsc");

    private static final Map<String, Schema> CURRENT = SchemaContract.read(Path.of("src/main/avro"));
    private static final Map<String, Schema> RELEASED =
            SchemaContract.read(SchemaContract.lastRelease(Path.of("released")));

    static Stream<String> currentFiles() {
        return CURRENT.keySet().stream();
    }

    static Stream<String> releasedFiles() {
        return RELEASED.keySet().stream().filter(file -> !UNUSED.contains(file));
    }

    @ParameterizedTest
    @MethodSource("releasedFiles")
    void shouldStillBeThereWhenReleasedOnce(String file) {
        assertThat(CURRENT)
                .as("a released schema is a promise: topics still hold its records")
                .containsKey(file);
    }

    static Stream<String> publishedFiles() {
        return releasedFiles().filter(file -> !ONLY_READ.contains(file));
    }

    @ParameterizedTest
    @MethodSource("publishedFiles")
    void shouldBeReadableBothWaysWhenComparedWithTheLastRelease(String file) {
        assertThat(SchemaContract.incompatibilities(RELEASED.get(file), CURRENT.get(file)))
                .isEmpty();
    }

    static Set<String> onlyReadFiles() {
        return ONLY_READ;
    }

    @ParameterizedTest
    @MethodSource("onlyReadFiles")
    void shouldReadWhatTheLastReleaseStored(String file) {
        assertThat(SchemaContract.unreadable(RELEASED.get(file), CURRENT.get(file)))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("currentFiles")
    void shouldSayWhatEachRecordEnumAndFieldMeans(String file) {
        assertThat(SchemaContract.undocumented(CURRENT.get(file))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("currentFiles")
    void shouldBeNamedLikeItsRecordWhenKeptInAFile(String file) {
        assertThat(CURRENT.get(file).getFullName()).isEqualTo("dev.kombo.schema." + file.replace(".avsc", ""));
    }

    /** The rules themselves: each must be able to fail. */
    @Nested
    class Rules {

        private final Schema released = record("""
            {"name": "id", "type": "string"},
            {"name": "count", "type": "int", "default": 1}""");

        @Test
        void shouldFindNothingWhenFieldsWithDefaultsComeAndGo() {
            Schema current = record("""
                {"name": "id", "type": "string"},
                {"name": "vector", "type": "bytes", "default": ""},
                {"name": "note", "type": ["null", "string"], "default": null}""");

            assertThat(SchemaContract.incompatibilities(released, current)).isEmpty();
        }

        @Test
        void shouldFindABackwardBreachWhenAFieldWithoutDefaultIsAdded() {
            Schema current = record("""
                {"name": "id", "type": "string"},
                {"name": "price", "type": "long"}""");

            assertThat(SchemaContract.incompatibilities(released, current))
                    .singleElement()
                    .asString()
                    .startsWith("backward")
                    .contains("price");
        }

        @Test
        void shouldFindAForwardBreachWhenAFieldWithoutDefaultIsRemoved() {
            Schema current = record("""
                {"name": "count", "type": "int", "default": 1}""");

            assertThat(SchemaContract.incompatibilities(released, current))
                    .singleElement()
                    .asString()
                    .startsWith("forward")
                    .contains("id");
        }

        @Test
        void shouldFindAForwardBreachOnlyWhenATypeIsWidened() {
            Schema current = record("""
                {"name": "id", "type": "string"},
                {"name": "count", "type": "long", "default": 1}""");

            assertThat(SchemaContract.incompatibilities(released, current))
                    .singleElement()
                    .asString()
                    .startsWith("forward");
        }

        @Test
        void shouldFindABreachOnlyWhenTheEnumThatGainsASymbolHasNoDefault() {
            assertThat(SchemaContract.incompatibilities(kind("A", "\"A\""), kind("A", "\"A\", \"B\"")))
                    .isEmpty();
            assertThat(SchemaContract.incompatibilities(kind(null, "\"A\""), kind(null, "\"A\", \"B\"")))
                    .singleElement()
                    .asString()
                    .startsWith("forward");
        }

        @Test
        void shouldNameEachNestedFieldWithoutDoc() {
            Schema schema = new Schema.Parser().parse("""
                {"type": "record", "name": "Outer", "namespace": "t", "doc": "An outer record.", "fields": [
                  {"name": "told", "type": "int", "doc": "Told."},
                  {"name": "blank", "type": "int", "doc": " "},
                  {"name": "list", "doc": "Members.", "type": {"type": "array", "items":
                    {"type": "record", "name": "Inner", "fields": [{"name": "bare", "type": "int"}]}}}]}""");

            assertThat(SchemaContract.undocumented(schema)).containsExactly("t.Outer.blank", "t.Inner", "t.Inner.bare");
        }

        @ParameterizedTest
        @CsvSource({"0.9.0,0.10.0", "0.1.0,0.1.1", "1.0.0,0.99.99", "0.1.0,0.1.0"})
        void shouldTakeTheNewestReleaseByNumberNotByText(String one, String other, @TempDir Path folder)
                throws IOException {
            Files.createDirectories(folder.resolve(one));
            Files.createDirectories(folder.resolve(other));

            assertThat(SchemaContract.lastRelease(folder).getFileName().toString())
                    .isEqualTo(one.startsWith("1.") ? one : other);
        }

        private Schema record(String fields) {
            return new Schema.Parser()
                    .parse("{\"type\": \"record\", \"name\": \"R\", \"namespace\": \"t\", \"fields\": [" + fields
                            + "]}");
        }

        private Schema kind(String fallback, String symbols) {
            String rule = fallback == null ? "" : ", \"default\": \"" + fallback + "\"";
            return record("{\"name\": \"kind\", \"type\": {\"type\": \"enum\", \"name\": \"K\", \"symbols\": ["
                    + symbols + "]" + rule + "}}");
        }
    }
}
