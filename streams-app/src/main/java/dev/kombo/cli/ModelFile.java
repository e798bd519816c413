package dev.kombo.cli;

import dev.kombo.catalog.index.IndexSettings;
import dev.kombo.config.KomboConfig;
import dev.kombo.config.PrivacySettings;
import dev.kombo.config.ServiceSettings;
import dev.kombo.config.Topic;
import dev.kombo.config.Topics;
import dev.kombo.console.CommandException;
import dev.kombo.schema.BundleSuggestion;
import dev.kombo.schema.FactorSweep;
import dev.kombo.schema.ItemModel;
import dev.kombo.schema.ItemNeighbors;
import dev.kombo.schema.ItemState;
import dev.kombo.schema.RankerModel;
import dev.kombo.schema.TrainingExample;
import dev.kombo.serde.StoredValues;
import dev.kombo.topology.task.StoreNames;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.jspecify.annotations.Nullable;

/**
 * The Avro file that kombo export writes and kombo import reads: counts of items and training as the tasks go on with
 * them, and what instances rank with. Values of topics are records, whose schema the file has, so another version reads
 * them as it reads topics; values of stores are the bytes that this version stores. The last record tells how many
 * there are, or a file that was cut between two blocks would pass for a small one.
 */
final class ModelFile implements AutoCloseable {
    private static final String FORMAT = "kombo.models";
    private static final String VERSION = "2";

    /** Version of 0.2.0, in which values of stores are records, too. */
    private static final String RECORDS_ONLY = "1";

    private static final String PARTITIONS = "kombo.models.partitions";
    private static final String FACTORS = "kombo.models.factors";
    private static final String END = "end";
    private static final Schema SCHEMA = schema();

    /**
     * A topic of which the file has the latest record of each key.
     *
     * @param name without prefix
     * @param type of the records; for a changelog, what version 0.2.0 stored
     * @param stored how the values of a changelog are stored; null for other topics
     */
    record Part(
            String name,
            Topics.Spec topic,
            Class<? extends SpecificRecord> type,
            @Nullable Function<StoredValues, Serde<?>> stored) {
        private boolean holds(Object value) {
            return type.isInstance(value) || (stored != null && value instanceof ByteBuffer);
        }
    }

    /** Takes a record of the file: a {@link SpecificRecord}, or the bytes of a value of a store. */
    @FunctionalInterface
    interface RecordConsumer {
        void accept(Part part, String key, Object value);
    }

    /**
     * What a file has.
     *
     * @param partitions of the installation that it is from
     * @param records by part
     */
    record FileContents(int partitions, Map<String, Long> records) {}

    private final DataFileWriter<GenericRecord> writer =
            new DataFileWriter<>(new SpecificDatumWriter<>(SCHEMA, SpecificData.get()));
    private final Map<String, Long> written = new TreeMap<>();

    /** A new file. */
    ModelFile(Path file, KomboConfig config) throws IOException {
        // With a checksum of each block, which deflate has not.
        writer.setCodec(CodecFactory.snappyCodec());
        writer.setMeta(FORMAT, VERSION);
        writer.setMeta(PARTITIONS, config.get(ServiceSettings.TOPIC_PARTITIONS));
        writer.setMeta(FACTORS, config.get(IndexSettings.FACTORS));
        writer.create(SCHEMA, file.toFile());
    }

    /** @param value a record, or the bytes of a value of a store */
    void write(Part part, String key, Object value) throws IOException {
        append(part.name(), key, value);
        written.merge(part.name(), 1L, Long::sum);
    }

    /** The file is whole; how many records of each part it has. */
    Map<String, Long> end() throws IOException {
        append(END, Long.toString(sum(written)), null);
        return written;
    }

    private void append(String part, String key, @Nullable Object value) throws IOException {
        GenericRecord entry = new GenericData.Record(SCHEMA);
        entry.put("part", part);
        entry.put("key", key);
        entry.put("value", value);
        writer.append(entry);
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private static Schema schema() {
        var values = SchemaBuilder.unionOf().nullType();
        for (Schema type : List.of(
                ItemState.getClassSchema(),
                ItemNeighbors.getClassSchema(),
                ItemModel.getClassSchema(),
                FactorSweep.getClassSchema(),
                RankerModel.getClassSchema(),
                TrainingExample.getClassSchema(),
                BundleSuggestion.getClassSchema())) {
            values = values.and().type(type);
        }
        values = values.and().bytesType();
        return SchemaBuilder.record("Learned")
                .namespace(FORMAT)
                .fields()
                .requiredString("part")
                .requiredString("key")
                .name("value")
                .type(values.endUnion())
                .noDefault()
                .endRecord();
    }

    /** Topics of an installation that the file has; with what a changelog must be, as the service would make it. */
    static List<Part> parts(KomboConfig config) {
        int partitions = config.get(ServiceSettings.TOPIC_PARTITIONS);
        Topics topics = Topics.of(config);
        return List.of(
                changelog(config, StoreNames.ITEM_STATE, partitions, ItemState.class, StoredValues::entities),
                changelog(config, StoreNames.ITEM_NEIGHBOR, partitions, ItemNeighbors.class, StoredValues::neighbors),
                changelog(config, StoreNames.TRAINER_STATE, 1, RankerModel.class, StoredValues::models),
                changelog(config, StoreNames.TRAINER_PENDING, 1, TrainingExample.class, StoredValues::examples),
                topic(topics, Topic.ITEM_MODEL, ItemModel.class),
                topic(topics, Topic.FACTOR_SWEEP, FactorSweep.class),
                topic(topics, Topic.RANKER_MODEL, RankerModel.class),
                topic(topics, Topic.BUNDLE_SUGGESTION, BundleSuggestion.class));
    }

    private static Part topic(Topics topics, Topic topic, Class<? extends SpecificRecord> type) {
        return new Part(topic.label(), topic.in(topics), type, null);
    }

    private static Part changelog(
            KomboConfig config,
            String store,
            int partitions,
            Class<? extends SpecificRecord> type,
            Function<StoredValues, Serde<?>> stored) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "cleanup.policy",
                "compact",
                "message.timestamp.type",
                "CreateTime",
                "max.message.bytes",
                Integer.toString(Topics.LARGEST_OUTPUT),
                "max.compaction.lag.ms",
                Long.toString(config.get(PrivacySettings.COMPACTION_LAG))));
        config.originalsWithPrefix(KomboConfig.STREAMS_PREFIX + "topic.")
                .forEach((name, value) -> settings.put(name, value.toString()));
        Topics.Spec topic =
                new Topics.Spec(Topics.changelog(config, store), "key", type.getSimpleName(), partitions, settings, "");
        return new Part(store, topic, type, stored);
    }

    /**
     * Reads a file whole.
     *
     * @throws CommandException where it is none, is damaged or cut, or does not fit this installation
     */
    static FileContents read(Path file, KomboConfig config, RecordConsumer consumer) {
        Map<String, Part> parts = new HashMap<>();
        parts(config).forEach(part -> parts.put(part.name(), part));
        Map<String, Long> found = new TreeMap<>();
        try (DataFileReader<GenericRecord> reader = open(file)) {
            int partitions = check(reader, file, config);
            String total = null;
            for (GenericRecord entry = next(reader, file); entry != null; entry = next(reader, file)) {
                String name = entry.get("part").toString();
                String key = entry.get("key").toString();
                Part part = parts.get(name);
                if (name.equals(END)) {
                    total = key;
                } else if (part == null || !part.holds(entry.get("value"))) {
                    throw CommandException.mistake(file + " has a record unknown to this version: " + name);
                } else {
                    found.merge(name, 1L, Long::sum);
                    consumer.accept(part, key, entry.get("value"));
                }
            }
            if (!Long.toString(sum(found)).equals(total)) {
                throw CommandException.mistake(file + " is incomplete: it ends after " + sum(found) + " records");
            }
            return new FileContents(partitions, found);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static DataFileReader<GenericRecord> open(Path file) {
        try {
            return new DataFileReader<>(file.toFile(), new SpecificDatumReader<>(null, SCHEMA, SpecificData.get()));
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            throw unreadable(file, e);
        }
    }

    /** The next record; null after the last one. */
    private static @Nullable GenericRecord next(DataFileReader<GenericRecord> reader, Path file) {
        try {
            return reader.hasNext() ? reader.next() : null;
        } catch (RuntimeException | OutOfMemoryError e) {
            throw unreadable(file, e);
        }
    }

    /**
     * Avro trusts the sizes and types that a file states: where bytes were changed, it may fail in any way, and asks
     * for more memory than there is.
     */
    private static CommandException unreadable(Path file, Throwable cause) {
        String reason = cause instanceof IOException || cause instanceof AvroRuntimeException
                ? String.valueOf(cause.getMessage())
                : "it is damaged (" + cause + ")";
        return CommandException.failure(file + " cannot be read: " + reason.replaceAll("\\R", " "), cause);
    }

    private static int check(DataFileReader<GenericRecord> reader, Path file, KomboConfig config) {
        String version = reader.getMetaString(FORMAT);
        if (!VERSION.equals(version) && !RECORDS_ONLY.equals(version)) {
            throw CommandException.mistake(
                    version == null
                            ? file + " is not from kombo export"
                            : file + " has format " + version + "; this version reads " + VERSION);
        }
        long factors = number(reader, FACTORS, file);
        if (factors < config.get(IndexSettings.FACTORS)) {
            throw CommandException.mistake(file + " has vectors of " + factors + " factors, fewer than "
                    + IndexSettings.FACTORS.name() + ", which is " + config.get(IndexSettings.FACTORS));
        }
        return (int) number(reader, PARTITIONS, file);
    }

    private static long number(DataFileReader<GenericRecord> reader, String entry, Path file) {
        try {
            return reader.getMetaLong(entry);
        } catch (RuntimeException e) {
            throw unreadable(file, e);
        }
    }
}
