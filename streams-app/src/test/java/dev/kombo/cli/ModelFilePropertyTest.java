package dev.kombo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.kombo.catalog.index.IndexSettings;
import dev.kombo.client.TrustedRecords;
import dev.kombo.config.KomboConfig;
import dev.kombo.console.CommandException;
import dev.kombo.schema.ItemState;
import dev.kombo.topology.task.StoreNames;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.SchemaParser;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** Model files that were cut or changed are refused in one sentence. */
class ModelFilePropertyTest {
    private static final KomboConfig CONFIG = KomboConfig.of(Map.of());
    private static final int RECORDS_PER_PART = 20;
    private static final int MARKER_BYTES = 16;
    private static final int BYTE_VALUES = 256;

    private Path file;
    private byte[] whole;
    private List<String> content;

    @BeforeTry
    void write() throws IOException {
        TrustedRecords.install();
        file = Files.createTempDirectory("models").resolve("models.avro");
        try (ModelFile out = new ModelFile(file, CONFIG)) {
            for (ModelFile.Part part : ModelFile.parts(CONFIG)) {
                for (int record = 0; record < RECORDS_PER_PART; record++) {
                    boolean bytes = part.stored() != null && record % 2 == 0;
                    out.write(part, "key-" + record, bytes ? ByteBuffer.wrap(new byte[1]) : empty(part.type()));
                }
            }
            out.end();
        }
        whole = Files.readAllBytes(file);
        content = read();
        assertThat(content).hasSize(ModelFile.parts(CONFIG).size() * RECORDS_PER_PART);
    }

    @AfterTry
    void delete() throws IOException {
        Files.deleteIfExists(file);
        Files.delete(file.getParent());
    }

    private List<String> read() {
        List<String> records = new ArrayList<>();
        ModelFile.read(file, CONFIG, (part, key, value) -> records.add(part.name() + " " + key + " " + value));
        return records;
    }

    private String refusal(byte[] changed) throws IOException {
        Files.write(file, changed);
        Throwable thrown = catchThrowable(this::read);
        assertThat(thrown).isInstanceOf(CommandException.class);
        assertThat(thrown.getMessage()).startsWith(file.toString()).hasLineCount(1);
        return thrown.getMessage();
    }

    @Property(tries = 200, seed = "23")
    void shouldRefuseAFileThatIsCut(@ForAll @IntRange(max = 1_000_000) int seed) throws IOException {
        int length = new Random(seed).nextInt(whole.length);
        assertThat(refusal(Arrays.copyOf(whole, length))).isNotEmpty();
    }

    /** A checksum covers each block; Avro's marker follows it. */
    @Property(tries = 200, seed = "24")
    void shouldRefuseAFileWithAChangedByteBehindItsHeader(@ForAll @IntRange(max = 1_000_000) int seed)
            throws IOException {
        Random random = new Random(seed);
        byte[] changed = whole.clone();
        int header = header();
        int place = header + random.nextInt(whole.length - header);
        changed[place] ^= (byte) (1 + random.nextInt(BYTE_VALUES - 1));
        assertThat(refusal(changed)).isNotEmpty();
    }

    @Property(tries = 200, seed = "25")
    void shouldRefuseAFileWithAnotherHeaderOrReadTheSame(@ForAll @IntRange(max = 1_000_000) int seed)
            throws IOException {
        Random random = new Random(seed);
        byte[] changed = whole.clone();
        changed[random.nextInt(header())] ^= (byte) (1 + random.nextInt(BYTE_VALUES - 1));
        Files.write(file, changed);
        List<String> found = new ArrayList<>();
        Throwable thrown = catchThrowable(() -> found.addAll(read()));
        if (thrown == null) {
            assertThat(found).hasSameSizeAs(content);
        } else {
            assertThat(thrown).isInstanceOf(CommandException.class);
            assertThat(thrown.getMessage()).startsWith(file.toString()).hasLineCount(1);
        }
    }

    /** In such a file, values of stores are records, with fields that this version no longer has. */
    @Example
    void shouldReadAFileOfVersion020() throws IOException {
        var union = SchemaBuilder.unionOf().nullType();
        Schema row = released("ItemState");
        for (Schema type : List.of(row, released("ItemNeighbors"), released("RankerModel"))) {
            union = union.and().type(type);
        }
        Schema schema = SchemaBuilder.record("Learned")
                .namespace("kombo.models")
                .fields()
                .requiredString("part")
                .requiredString("key")
                .name("value")
                .type(union.endUnion())
                .noDefault()
                .endRecord();
        GenericRecord stored = generic(row);
        stored.put("interactions", 7L);
        try (DataFileWriter<GenericRecord> out = new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
            out.setMeta("kombo.models", "1");
            out.setMeta("kombo.models.partitions", 2);
            out.setMeta("kombo.models.factors", CONFIG.get(IndexSettings.FACTORS));
            out.create(schema, file.toFile());
            out.append(entry(schema, StoreNames.ITEM_STATE, "i:a", stored));
            out.append(entry(schema, "end", "1", null));
        }
        List<Object> values = new ArrayList<>();
        ModelFile.read(file, CONFIG, (part, key, value) -> values.add(value));
        assertThat(values)
                .singleElement()
                .isInstanceOfSatisfying(
                        ItemState.class,
                        read -> assertThat(read.getInteractions()).isEqualTo(7));
    }

    /** The file is whole, but the bytes in it are no values of stores. */
    @Example
    void shouldRefuseToImportWhatTasksCouldNotRead() {
        Console console = new Console();
        assertThat(console.run("import", file.toString())).isNotZero();
        assertThat(console.errors())
                .contains("has a record that this version cannot read: key-0 of " + StoreNames.ITEM_STATE);
    }

    private static Schema released(String name) throws IOException {
        return new SchemaParser()
                .parse(Path.of("../schemas/released/0.2.0", name + ".avsc"))
                .mainSchema();
    }

    private static GenericRecord entry(Schema schema, String part, String key, GenericRecord value) {
        GenericRecord entry = new GenericData.Record(schema);
        entry.put("part", part);
        entry.put("key", key);
        entry.put("value", value);
        return entry;
    }

    private static GenericRecord generic(Schema schema) {
        GenericRecord record = new GenericData.Record(schema);
        for (Schema.Field field : schema.getFields()) {
            boolean nullable = field.schema().getType() == Schema.Type.UNION;
            record.put(field.pos(), nullable ? null : value(field.schema()));
        }
        return record;
    }

    @Example
    void shouldRefuseABlockThatStatesMoreBytesThanThereIsMemory() throws IOException {
        // One record, in a block of 2^31 - 9 bytes, the longest array of a JVM, as Avro's variable-length numbers.
        byte[] block = {2, (byte) 0xee, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0xf};
        byte[] forged = Arrays.copyOf(whole, header() + block.length);
        System.arraycopy(block, 0, forged, header(), block.length);
        assertThat(refusal(forged)).contains("cannot be read");
    }

    /** Where the first block begins: behind the first marker, which the file ends with, too. */
    private int header() {
        byte[] marker = Arrays.copyOfRange(whole, whole.length - MARKER_BYTES, whole.length);
        int start = 0;
        while (!Arrays.equals(whole, start, start + MARKER_BYTES, marker, 0, MARKER_BYTES)) {
            start++;
        }
        return start + MARKER_BYTES;
    }

    /** A record without content. */
    private static SpecificRecord empty(Class<? extends SpecificRecord> type) {
        SpecificRecord record = (SpecificRecord)
                SpecificData.get().newRecord(null, SpecificData.get().getSchema(type));
        for (Schema.Field field : record.getSchema().getFields()) {
            record.put(field.pos(), value(field.schema()));
        }
        return record;
    }

    private static Object value(Schema schema) {
        return switch (schema.getType()) {
            case UNION -> value(schema.getTypes().get(schema.getTypes().size() - 1));
            case RECORD -> {
                SpecificRecord record = (SpecificRecord) SpecificData.get().newRecord(null, schema);
                schema.getFields().forEach(field -> record.put(field.pos(), value(field.schema())));
                yield record;
            }
            case ARRAY -> new ArrayList<>();
            case MAP -> Map.of();
            case ENUM -> SpecificData.get().createEnum(schema.getEnumSymbols().get(0), schema);
            case STRING -> "text";
            case BYTES -> ByteBuffer.wrap(new byte[1]);
            case INT -> 1;
            case LONG -> 1L;
            case FLOAT -> 1f;
            case DOUBLE -> 1d;
            case BOOLEAN -> true;
            default -> throw new IllegalArgumentException("no value for " + schema);
        };
    }
}
