package dev.kombo.lab.command;

import dev.kombo.cli.Brokers;
import dev.kombo.cli.StopSignal;
import dev.kombo.cli.TextTable;
import dev.kombo.config.KomboConfig;
import dev.kombo.config.Topics;
import dev.kombo.engine.TaskSettings;
import dev.kombo.lab.data.DataSetException;
import dev.kombo.lab.data.EventFormat;
import dev.kombo.lab.data.JsonFile;
import dev.kombo.lab.kafka.LabClients;
import dev.kombo.lab.replay.ConsumerGroupDrain;
import dev.kombo.lab.replay.DrainMonitor;
import dev.kombo.lab.replay.KafkaTopicLog;
import dev.kombo.lab.replay.LagLimit;
import dev.kombo.lab.replay.ProgressDisplay;
import dev.kombo.lab.replay.ReplayAccount;
import dev.kombo.lab.replay.ReplayRunner;
import dev.kombo.lab.replay.ReplaySpeed;
import dev.kombo.lab.replay.ReplaySummary;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.RejectedEvent;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;

/** A replay against a running service: publishes, waits, takes the account and prints it. */
final class Replay {
    private static final Duration STALL = Duration.ofMinutes(2);
    /** Records that the service may be behind: about two seconds of its work. */
    private static final long MOST_BEHIND = 20_000;

    private static final Duration LONGEST_SETTLE = Duration.ofSeconds(30);

    private final KomboConfig config;
    private final StopSignal stop;
    private final PrintWriter out;
    private final Topics topics;

    Replay(KomboConfig config, StopSignal stop, PrintWriter out) {
        this.config = config;
        this.stop = stop;
        this.out = out;
        this.topics = Topics.of(config);
    }

    /**
     * Runs it.
     *
     * @param resume goes on where an earlier replay stopped
     * @param summaryFile file to write the figures to, or null
     * @throws InterruptedException when told to stop
     */
    void run(EventFormat format, Path file, ReplaySpeed speed, boolean resume, Path summaryFile) throws Exception {
        Brokers.requireReachable(config);
        try (LabClients clients = new LabClients(config);
                Consumer<byte[], byte[]> ends = clients.bytes(IsolationLevel.READ_UNCOMMITTED);
                Producer<String, SpecificRecord> producer = clients.producer(Map.of());
                Deserializer<BehaviorEvent> events = clients.decoder(BehaviorEvent.class);
                Deserializer<RejectedEvent> rejections = clients.decoder(RejectedEvent.class)) {
            KafkaTopicLog log = new KafkaTopicLog(clients::bytes, STALL);
            ReplayRunner runner = new ReplayRunner(
                            producer,
                            topics,
                            log,
                            (topic, value) -> topic.equals(topics.rejectedEvent())
                                    ? rejections.deserialize(topic, value)
                                    : events.deserialize(topic, value),
                            speed,
                            drain(clients),
                            ProgressDisplay.on(System.out, Terminal.isInteractive()))
                    .within(lagLimit(clients, ends));
            ReplaySummary summary = stop.interruptibly(() -> {
                long startedAt = System.nanoTime();
                ReplayAccount account = runner.run(format, file, resume);
                Duration took = Duration.ofNanos(System.nanoTime() - startedAt);
                settle(clients);
                return ReplaySummary.of(
                        account,
                        log.liveKeys(topics.bundleCatalog()),
                        log.records(topics.bundleOffer()),
                        log.records(topics.offerOutcome()),
                        took);
            });
            print(summary);
            if (summaryFile != null) {
                JsonFile.write(summaryFile, summary);
            }
            if (summary.accepted() == 0) {
                throw new DataSetException("no row of " + file + " is an event that the service took");
            }
        }
    }

    private LagLimit lagLimit(LabClients clients, Consumer<byte[], byte[]> consumer) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : List.of(topics.behaviorEvent(), topics.itemUpdate())) {
            consumer.partitionsFor(topic)
                    .forEach(info -> partitions.add(new TopicPartition(info.topic(), info.partition())));
        }
        return new LagLimit(clients::committedOffsets, () -> consumer.endOffsets(partitions), MOST_BEHIND, STALL);
    }

    private DrainMonitor drain(LabClients clients) {
        ConsumerGroupDrain drain = new ConsumerGroupDrain(
                clients::committedOffsets,
                () -> clients.bytes(IsolationLevel.READ_COMMITTED),
                List.of(
                        topics.behaviorEvent(),
                        topics.behaviorEventRekeyed(),
                        topics.sessionMerge(),
                        topics.itemUpdate(),
                        topics.offerOutcome()),
                STALL);
        return () -> {
            out.println("All rows are published. Waiting until the service has processed them ...");
            out.flush();
            drain.awaitDrained();
        };
    }

    /** Mined bundles are published a flush interval after the order that made them. */
    private void settle(LabClients clients) throws InterruptedException {
        Duration quiet = Duration.ofMillis(2 * config.get(TaskSettings.ITEM_FLUSH_INTERVAL) + 500);
        try (Consumer<byte[], byte[]> consumer = clients.bytes(IsolationLevel.READ_COMMITTED)) {
            Quiet.await(
                    consumer,
                    List.of(topics.bundleCatalog(), topics.bundleOffer(), topics.offerOutcome()),
                    quiet,
                    LONGEST_SETTLE);
        }
    }

    private void print(ReplaySummary summary) {
        TextTable table = new TextTable("rows", "count");
        table.row("accepted", count(summary.accepted()));
        summary.rejected().forEach((reason, rows) -> table.row("rejected: " + reason, count(rows)));
        table.row("all", count(summary.rows()));
        summary.leftOut().forEach((reason, rows) -> table.row("left out of " + reason, count(rows)));
        out.println();
        out.print(table);
        out.println();
        out.print(new TextTable("made of them", "count")
                .row("bundles in the catalogue", count(summary.bundles()))
                .row("offers", count(summary.offers()))
                .row("outcomes", count(summary.outcomes())));
        out.printf(
                Locale.ROOT,
                "%nIn %.1f s, %,.0f rows a second.%n",
                summary.seconds(),
                summary.rows() / Math.max(1e-3, summary.seconds()));
        out.flush();
    }

    private static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
