package dev.kombo.cli;

import dev.kombo.client.AvroSerdes;
import dev.kombo.config.ClientSettings;
import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.config.Topics;
import dev.kombo.console.CommandException;
import dev.kombo.console.TopicAdmin;
import dev.kombo.console.TopicReader;
import dev.kombo.engine.EngineSettings;
import dev.kombo.schema.FactorSweep;
import dev.kombo.serde.StoredValues;
import dev.kombo.topology.task.StoreNames;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Utils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Puts what another installation learned where this one keeps it: into the topics that instances rank with, and into
 * the changelogs from which tasks restore their stores, each record in the partition that its key has here. One
 * transaction, so that all of it is there or nothing.
 */
@Command(
        name = "import",
        description = "Imports what another service learned about items, bundles and ranking, from a file of"
                + " kombo export. Stop all instances first.")
final class ImportCommand extends AdminCommand {
    /** The longest that brokers allow by default. */
    private static final int LONGEST_TRANSACTION_MILLIS = 900_000;

    @Parameters(paramLabel = "FILE", description = "File written by kombo export.")
    private Path file;

    @Option(names = "--dry-run", description = "Check the file and the existing records, and change nothing.")
    private boolean dryRun;

    @Option(
            names = "--replace",
            description = "First delete what this service has learned about items, bundles and ranking.")
    private boolean replace;

    private ModelFile.FileContents content;

    @Override
    void prepare(KomboConfig config) {
        if (!Files.isRegularFile(file)) {
            throw CommandException.mistake("no such file: " + file);
        }
        try (AvroSerdes serdes = new AvroSerdes(config.avroSettings())) {
            StoredValues stored = new StoredValues(serdes, new EngineSettings(config));
            content = ModelFile.read(file, config, (part, key, value) -> {
                if (value instanceof ByteBuffer bytes) {
                    requireReadable(part, key, Utils.toArray(bytes), stored);
                }
            });
        }
    }

    /** A task would fail at each event of a row that it cannot read. */
    private void requireReadable(ModelFile.Part part, String key, byte[] value, StoredValues stored) {
        try {
            Objects.requireNonNull(part.stored())
                    .apply(stored)
                    .deserializer()
                    .deserialize(part.topic().name(), value);
        } catch (RuntimeException e) {
            throw CommandException.mistake(file + " has a record that this version cannot read: " + key + " of "
                    + part.name() + ": " + e.getMessage());
        }
    }

    @Override
    void run(KomboConfig config, Admin admin, PrintWriter out) throws ExecutionException, InterruptedException {
        requireStopped(admin, config.get(ServiceSettings.APPLICATION_ID));
        List<ModelFile.Part> parts = ModelFile.parts(config);
        Set<String> there = new TreeSet<>(admin.listTopics().names().get());
        Set<String> learned = new TreeSet<>();
        parts.forEach(part -> learned.add(part.topic().name()));
        // What is pending belongs to the rows and models of before.
        learned.add(Topics.changelog(config, StoreNames.ITEM_PENDING));
        learned.add(Topics.changelog(config, StoreNames.TRAINER_PENDING));
        there.retainAll(learned);
        try (TopicReader topics = new TopicReader(config)) {
            Set<String> filled = topics.withRecords(there);
            if (!filled.isEmpty() && !replace) {
                throw CommandException.mistake("the service has already learned: " + String.join(", ", filled)
                        + " have records; --replace deletes them");
            }
        }
        if (!dryRun) {
            replace(config, admin, parts, there);
        }
        print(
                out,
                content.records(),
                dryRun
                        ? "Nothing was changed."
                        : "Imported. Delete the state folders of other instances before they start.");
    }

    private void replace(KomboConfig config, Admin admin, List<ModelFile.Part> parts, Set<String> there)
            throws ExecutionException, InterruptedException {
        try (AvroSerdes serdes = new AvroSerdes(config.avroSettings());
                Producer<String, Object> producer = producer(config, serdes)) {
            // Before anything is deleted: brokers that refuse the transaction refuse it here.
            producer.initTransactions();
            // All of them: an empty one may have the partitions of an earlier setting.
            deleteTopics(admin, there);
            deleteStateFolder(config);
            create(config, parts);
            send(producer, config, content.partitions());
        } catch (KafkaException e) {
            throw CommandException.failure(
                    "nothing was imported, and what was learned before may be deleted; repeat the command with"
                            + " --replace: " + e.getMessage(),
                    e);
        }
    }

    static void print(PrintWriter out, Map<String, Long> records, String result) {
        records.forEach((part, count) -> out.printf("%s %d%n", part, count));
        out.println(result);
        out.flush();
    }

    private static void create(KomboConfig config, List<ModelFile.Part> parts) {
        List<Topics.Spec> wanted = new ArrayList<>(Topics.of(config).all());
        parts.stream()
                .map(ModelFile.Part::topic)
                .filter(topic -> wanted.stream().noneMatch(one -> one.name().equals(topic.name())))
                .toList()
                .forEach(wanted::add);
        try (TopicAdmin admin = new TopicAdmin(config)) {
            admin.createMissing(wanted);
        }
    }

    private static Producer<String, Object> producer(KomboConfig config, AvroSerdes serdes) {
        Map<String, Object> client = new HashMap<>(ClientSettings.producer(config));
        client.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, config.get(ServiceSettings.APPLICATION_ID) + "-import");
        client.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, LONGEST_TRANSACTION_MILLIS);
        Serializer<SpecificRecord> records = serdes.serializer();
        return new KafkaProducer<>(
                client,
                new StringSerializer(),
                (topic, value) -> value instanceof ByteBuffer bytes
                        ? Utils.toArray(bytes)
                        : records.serialize(topic, (SpecificRecord) value));
    }

    private void send(Producer<String, Object> producer, KomboConfig config, int before) {
        int now = config.get(ServiceSettings.TOPIC_PARTITIONS);
        producer.beginTransaction();
        ModelFile.read(file, config, (part, key, value) -> {
            FactorSweep sweep = value instanceof FactorSweep known ? known : null;
            // A partition that no longer exists cannot report again; the next sweep begins without it.
            if (sweep == null || now >= before) {
                send(producer, part, key, value);
            }
            if (sweep != null && sweep.getGram() != null && sweep.getPartition() == 0) {
                for (int added = before; added < now; added++) {
                    send(producer, part, Integer.toString(added), empty(sweep, added));
                }
            }
        });
        producer.commitTransaction();
    }

    /** The sum of a partition without rows: a generation is active once all partitions have reported. */
    private static FactorSweep empty(FactorSweep sum, int partition) {
        return FactorSweep.newBuilder(sum)
                .setPartition(partition)
                .setGram(ByteBuffer.allocate(sum.getGram().remaining()))
                .setRows(0)
                .setUpdates(0)
                .build();
    }

    // A failure shows at the commit.
    @SuppressWarnings("FutureReturnValueIgnored")
    private static void send(Producer<String, Object> producer, ModelFile.Part part, String key, Object value) {
        producer.send(new ProducerRecord<>(part.topic().name(), key, value));
    }
}
