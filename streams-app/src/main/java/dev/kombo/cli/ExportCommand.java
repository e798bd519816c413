package dev.kombo.cli;

import dev.kombo.client.AvroSerdes;
import dev.kombo.config.KomboConfig;
import dev.kombo.config.Topics;
import dev.kombo.console.Brokers;
import dev.kombo.console.CommandException;
import dev.kombo.console.PrintingCommand;
import dev.kombo.console.SettingsOptions;
import dev.kombo.console.TopicReader;
import dev.kombo.engine.EngineSettings;
import dev.kombo.engine.item.PendingCounts;
import dev.kombo.engine.item.PendingUpdates;
import dev.kombo.serde.StoredValues;
import dev.kombo.topology.task.StoreNames;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Writes what was learned (counts of items, models, mined bundles) from Kafka to a file, for another installation. */
@Command(
        name = "export",
        description =
                "Exports what was learned about items, bundles and ranking to a file, for kombo import. It contains"
                        + " no data of shoppers. For an exact export, stop all instances first.")
final class ExportCommand extends PrintingCommand {
    @Parameters(paramLabel = "FILE", description = "File to write; it must not exist yet.")
    private Path file;

    @Mixin
    private SettingsOptions settings;

    @Override
    protected boolean run(PrintWriter out) {
        KomboConfig config = settings.config();
        if (Files.exists(file)) {
            throw CommandException.mistake(file + " already exists");
        }
        Brokers.requireReachable(config);
        Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        try {
            Map<String, Long> written = write(config, unfinished);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            ImportCommand.print(out, written, "Written: " + file);
        } catch (IOException | UncheckedIOException e) {
            throw CommandException.failure("cannot write " + file + ": " + e.getMessage(), e);
        }
        return true;
    }

    private static Map<String, Long> write(KomboConfig config, Path path) throws IOException {
        try (ModelFile out = new ModelFile(path, config);
                AvroSerdes serdes = new AvroSerdes(config.avroSettings());
                TopicReader topics = new TopicReader(config)) {
            EngineSettings engine = new EngineSettings(config);
            StoredValues stored = new StoredValues(serdes, engine);
            PendingCounts pending = pending(config, topics, stored);
            for (ModelFile.Part part : ModelFile.parts(config)) {
                String topic = part.topic().name();
                if (part.stored() == null) {
                    topics.latest(topic, part.type(), (key, value) -> write(out, part, key, value));
                } else if (part.name().equals(StoreNames.ITEM_STATE)) {
                    latest(topics, topic, stored.entities(), out, part, pending::counted);
                } else if (part.name().equals(StoreNames.ITEM_NEIGHBOR)) {
                    latest(topics, topic, stored.neighbors(), out, part, pending::counted);
                    pending.first(engine.neighbors())
                            .forEach((item, counts) -> write(
                                    out,
                                    part,
                                    item,
                                    ByteBuffer.wrap(
                                            stored.neighbors().serializer().serialize(topic, counts))));
                } else {
                    latest(topics, topic, part.stored().apply(stored), out, part, (key, value) -> value);
                }
            }
            return out.end();
        }
    }

    /** Updates that may not be in the rows of items and bundles yet. */
    private static PendingCounts pending(KomboConfig config, TopicReader topics, StoredValues stored) {
        PendingCounts pending = new PendingCounts();
        String changelog = Topics.changelog(config, StoreNames.ITEM_PENDING);
        // Version 0.2.0 had none.
        if (topics.exists(changelog)) {
            Deserializer<PendingUpdates> updates = stored.pendingUpdates().deserializer();
            topics.latest(
                    List.of(changelog),
                    record -> pending.add(
                            record.partition(), key(record), updates.deserialize(changelog, record.value())));
        }
        pending.complete();
        return pending;
    }

    /**
     * Writes the latest values of a changelog, as this version stores them: those that 0.2.0 stored need its registry.
     *
     * @param current returns a value with what is not stored in it yet
     */
    private static <V> void latest(
            TopicReader topics,
            String changelog,
            Serde<V> values,
            ModelFile out,
            ModelFile.Part part,
            BiFunction<String, V, V> current) {
        topics.latest(List.of(changelog), record -> {
            String key = key(record);
            V value = current.apply(key, values.deserializer().deserialize(changelog, record.value()));
            write(out, part, key, ByteBuffer.wrap(values.serializer().serialize(changelog, value)));
        });
    }

    private static String key(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.key(), StandardCharsets.UTF_8);
    }

    private static void write(ModelFile out, ModelFile.Part part, String key, Object value) {
        try {
            out.write(part, key, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
