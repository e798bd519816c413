package dev.kombo.research.bench;

import dev.kombo.config.ServiceSettings;
import dev.kombo.console.CommandException;
import dev.kombo.service.StreamsSettings;
import dev.kombo.shop.kafka.KafkaClients;
import dev.kombo.shop.process.ChildJvm;
import dev.kombo.shop.process.Patience;
import dev.kombo.shop.process.Waiting;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.StreamsConfig;

/** Runs {@link ReferenceApplication} in a JVM of its own and tells it when to process. Not thread-safe. */
final class ReferenceProcess implements AutoCloseable {
    /** How long the process may get no further before a run fails. */
    private static final Duration STALL = Duration.ofMinutes(2);

    private static final String HEAP = "2g";

    /** Settings that it has from the service: those that concern load and stores. */
    private static final List<String> SAME = List.of(
            StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG,
            StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
            StreamsConfig.NUM_STREAM_THREADS_CONFIG,
            StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG,
            ServiceSettings.STORE_MEMORY.name(),
            StreamsConfig.TRANSACTIONAL_STATE_STORES_CONFIG);

    private final Installation installation;
    private final ReferenceInput input;
    private final ChildJvm jvm;
    private final BufferedReader answers;
    private final BufferedWriter commands;
    private Map<TopicPartition, Long> ends = Map.of();

    private ReferenceProcess(Installation installation, ReferenceInput input, ChildJvm jvm) {
        this.installation = installation;
        this.input = input;
        this.jvm = jvm;
        this.answers = jvm.process().inputReader(StandardCharsets.UTF_8);
        this.commands = jvm.process().outputWriter(StandardCharsets.UTF_8);
    }

    /** Starts the process; both variants are paused, and their input is empty. */
    static ReferenceProcess start(Installation installation) throws Exception {
        Path folder = Files.createDirectories(installation.folder().resolve("reference"));
        Path same = folder.resolve("same.properties");
        Properties settings = new Properties();
        // Only settings that concern load and stores; error handling is Kombo's own.
        StreamsSettings.of(installation.config()).forEach((name, value) -> {
            if (name.toString().startsWith("producer.")
                    || name.toString().startsWith("consumer.")
                    || SAME.contains(name.toString())) {
                settings.setProperty(
                        name.toString(), value instanceof Class<?> type ? type.getName() : value.toString());
            }
        });
        try (OutputStream out = Files.newOutputStream(same)) {
            settings.store(out, null);
        }
        List<NewTopic> outputs = new ArrayList<>();
        Optional<Integer> partitions = Optional.of(installation.config().get(ServiceSettings.TOPIC_PARTITIONS));
        for (ReferenceApplication.Variant variant : ReferenceApplication.Variant.values()) {
            outputs.add(new NewTopic(variant.id(), partitions, Optional.empty()));
        }
        installation.clients().admin().createTopics(outputs).all().get();
        ReferenceInput input = new ReferenceInput(installation);
        ChildJvm jvm = ChildJvm.start(
                ReferenceApplication.class.getName(),
                HEAP,
                List.of(
                        installation.config().get(ServiceSettings.BOOTSTRAP_SERVERS),
                        ReferenceInput.TOPIC,
                        folder.resolve("state").toString(),
                        same.toString()),
                folder.resolve("reference.log"),
                true);
        ReferenceProcess process = new ReferenceProcess(installation, input, jvm);
        process.awaitReady();
        return process;
    }

    private void awaitReady() throws IOException {
        String answer = answers.readLine();
        if (!ReferenceApplication.READY.equals(answer)) {
            throw CommandException.failure("the reference application has ended: " + jvm.output());
        }
    }

    private void send(String command) throws IOException {
        commands.write(command);
        commands.newLine();
        commands.flush();
        awaitReady();
    }

    /** Processor time so far. */
    ProcessTimes times() {
        jvm.requireAlive();
        return ProcessTimes.of(jvm.process().toHandle());
    }

    /** Appends a copy of events of the service to the input, as {@link ReferenceInput#copy} does. */
    void copy(Map<TopicPartition, Long> from, Map<TopicPartition, Long> to) {
        ends = input.copy(from, to);
    }

    /**
     * Lets a variant process what it has not yet processed of the input.
     *
     * @param snapshot taken when it has committed all of them
     * @return the snapshot
     */
    <T> T run(ReferenceApplication.Variant variant, Supplier<T> snapshot) throws Exception {
        send("resume " + variant.name());
        new Waiting(Patience.upTo(STALL, jvm::requireAlive))
                .until(
                        "the reference application has come to the end of its input",
                        () -> KafkaClients.lag(committed(variant), ends) == 0,
                        () -> committed(variant));
        T taken = snapshot.get();
        send("pause " + variant.name());
        return taken;
    }

    private Map<TopicPartition, Long> committed(ReferenceApplication.Variant variant) {
        return installation.clients().committedOffsets(variant.id());
    }

    @Override
    public void close() {
        try (input;
                jvm) {
            commands.close();
        } catch (IOException e) {
            // It has ended already.
        }
    }
}
