package dev.kombo.shop.command;

import dev.kombo.config.KomboConfig;
import dev.kombo.config.Topic;
import dev.kombo.config.Topics;
import dev.kombo.console.Figures;
import dev.kombo.console.StopSignal;
import dev.kombo.console.TextTable;
import dev.kombo.console.TopicReader;
import dev.kombo.engine.TaskSettings;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.Bundle;
import dev.kombo.schema.RejectedEvent;
import dev.kombo.shop.ProgressDisplay;
import dev.kombo.shop.data.EventFileFormat;
import dev.kombo.shop.data.EventRows;
import dev.kombo.shop.data.HoldingsTable;
import dev.kombo.shop.kafka.ConsumerGroupDrain;
import dev.kombo.shop.kafka.KafkaClients;
import dev.kombo.shop.replay.LagLimit;
import dev.kombo.shop.replay.ReplayAccount;
import dev.kombo.shop.replay.ReplayRunner;
import dev.kombo.shop.replay.ReplaySpeed;
import dev.kombo.shop.replay.ReplaySummary;
import dev.kombo.shop.replay.RowSender;
import dev.kombo.shop.replay.TopicLog;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Replays a file against a running service: publishes its rows, waits, compares the service's figures with the file and
 * prints the result.
 */
final class Replay {
    /** Most records that the service may be behind: about two seconds of its work. */
    private static final long MOST_BEHIND = 20_000;

    private static final long POLL_MILLIS = 200;

    /** How long mined bundles may keep coming after the last row. */
    private static final Duration LONGEST_SETTLE = Duration.ofSeconds(30);

    /** What is added to two flush intervals, in which the service writes what it found. */
    private static final long SETTLE_MILLIS = 500;

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double SHORTEST_SECONDS = 1e-3;

    private final KafkaClients clients;
    private final KomboConfig config;
    private final StopSignal stop;
    private final PrintWriter out;
    private final UnaryOperator<String> customers;

    /**
     * @param clients of the service's installation; their patience is that of the replay
     * @param customers returns the id of a customer for what the file says, which may be an e-mail
     */
    Replay(KafkaClients clients, StopSignal stop, PrintWriter out, UnaryOperator<String> customers) {
        this.clients = clients;
        this.config = clients.config();
        this.stop = stop;
        this.out = out;
        this.customers = customers;
    }

    /**
     * Publishes the products of a table of holdings before the service starts, which reads them before the first event:
     * what customers hold counts as an order only where the product is known.
     */
    static void publishProducts(KafkaClients clients, EventFileFormat format, Path file) {
        if (!(format instanceof HoldingsTable)) {
            return;
        }
        try (EventRows rows = format.open(file);
                Producer<String, SpecificRecord> producer = clients.producer(Map.of())) {
            new RowSender(producer, clients.topics()).send(rows.catalog());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Runs the replay.
     *
     * @param resume continues where an earlier replay stopped
     * @param live whether the events are as of now, with offers and arms, or of the past
     * @throws InterruptedException if asked to stop
     */
    ReplaySummary run(EventFileFormat format, Path file, ReplaySpeed speed, boolean resume, boolean live)
            throws Exception {
        Topics topics = topics();
        try (Consumer<byte[], byte[]> ends = clients.bytes(IsolationLevel.READ_UNCOMMITTED);
                Producer<String, SpecificRecord> producer = clients.producer(Map.of());
                Deserializer<BehaviorEvent> events = clients.decoder(BehaviorEvent.class);
                Deserializer<RejectedEvent> rejections = clients.decoder(RejectedEvent.class)) {
            TopicLog log = TopicLog.of(clients::bytes, clients.patience().limit());
            ReplayRunner runner = new ReplayRunner(
                            producer,
                            topics,
                            log,
                            (topic, value) -> topic.equals(topics.name(Topic.REJECTED_EVENT))
                                    ? rejections.deserialize(topic, value)
                                    : events.deserialize(topic, value),
                            speed,
                            () -> drain(ends),
                            ProgressDisplay.of("replay", "rows"))
                    .within(new LagLimit(
                            () -> KafkaClients.lag(
                                    clients.committedOffsets(), ends.endOffsets(TopicReader.partitions(ends, input()))),
                            MOST_BEHIND,
                            clients.patience()))
                    .keyed(customers)
                    .live(live);
            ReplaySummary summary = stop.interruptibly(() -> {
                long startedAt = System.nanoTime();
                ReplayAccount account = runner.run(format, file, resume);
                double seconds = (System.nanoTime() - startedAt) / NANOS_PER_SECOND;
                settle();
                return summary(account, log, seconds);
            });
            print(summary, live);
            return summary;
        }
    }

    /**
     * Prints what an earlier replay of the past has come to, with what is in the topics now. Nothing is published: it
     * would undo what people have changed since.
     *
     * @param account of the earlier replay
     * @param seconds its duration
     */
    ReplaySummary again(ReplayAccount account, double seconds) throws Exception {
        TopicLog log = TopicLog.of(clients::bytes, clients.patience().limit());
        ReplaySummary summary = stop.interruptibly(() -> summary(account, log, seconds));
        out.println("An earlier start has learned from these files; Kombo goes on from there.");
        print(summary, false);
        return summary;
    }

    private ReplaySummary summary(ReplayAccount account, TopicLog log, double seconds) {
        AtomicLong bundles = new AtomicLong();
        try (TopicReader reader = clients.reader()) {
            reader.latest(topics().name(Topic.BUNDLE_CATALOG), Bundle.class, (id, bundle) -> bundles.incrementAndGet());
        }
        return new ReplaySummary(
                account,
                bundles.get(),
                log.records(topics().name(Topic.BUNDLE_OFFER)),
                log.records(topics().name(Topic.OFFER_OUTCOME)),
                seconds);
    }

    private Topics topics() {
        return Topics.of(config);
    }

    /** The topics whose records are most of the service's work. */
    private List<String> input() {
        return List.of(topics().name(Topic.BEHAVIOR_EVENT), topics().name(Topic.ITEM_UPDATE));
    }

    private void drain(Consumer<?, ?> ends) throws InterruptedException {
        out.println("All rows are published. Waiting until the service has processed them ...");
        List<TopicPartition> shown = TopicReader.partitions(ends, input());
        try (ProgressDisplay progress = ProgressDisplay.of("process", "records")) {
            java.util.function.Consumer<Map<TopicPartition, Long>> processed =
                    processed(() -> ends.endOffsets(shown), progress);
            new ConsumerGroupDrain(
                            () -> {
                                Map<TopicPartition, Long> committed = clients.committedOffsets();
                                processed.accept(committed);
                                return committed;
                            },
                            () -> clients.bytes(IsolationLevel.READ_COMMITTED),
                            List.of(
                                    topics().name(Topic.BEHAVIOR_EVENT),
                                    topics().name(Topic.BEHAVIOR_EVENT_REKEYED),
                                    topics().name(Topic.SESSION_MERGE),
                                    topics().name(Topic.ITEM_UPDATE),
                                    topics().name(Topic.OFFER_OUTCOME)),
                            clients.patience())
                    .drained(() -> null);
            // No committed offset covers the markers of transactions at the end.
            processed.accept(ends.endOffsets(shown));
        }
    }

    /**
     * Returns what shows how much of the work that was left at its first call is done. A cluster may have processed
     * much before this replay.
     */
    static java.util.function.Consumer<Map<TopicPartition, Long>> processed(
            Supplier<Map<TopicPartition, Long>> ends, ProgressDisplay progress) {
        AtomicLong before = new AtomicLong(-1);
        return committed -> {
            Map<TopicPartition, Long> all = ends.get();
            long end = all.values().stream().mapToLong(Long::longValue).sum();
            long at = all.keySet().stream()
                    .mapToLong(one -> committed.getOrDefault(one, 0L))
                    .sum();
            before.compareAndSet(-1, at);
            long done = at - before.get();
            progress.update(done, end - before.get(), done);
        };
    }

    /**
     * Waits until no more mined bundles come, and their evidence is that of all orders: they are published a flush
     * interval after the order that they are found in.
     */
    private void settle() throws InterruptedException {
        long quiet = TimeUnit.MILLISECONDS.toNanos(2 * config.get(TaskSettings.ITEM_FLUSH_INTERVAL) + SETTLE_MILLIS);
        try (Consumer<byte[], byte[]> consumer = clients.bytes(IsolationLevel.READ_COMMITTED)) {
            List<TopicPartition> outputs = TopicReader.partitions(
                    consumer,
                    List.of(
                            topics().name(Topic.BUNDLE_CATALOG),
                            topics().name(Topic.BUNDLE_SUGGESTION),
                            topics().name(Topic.BUNDLE_OFFER),
                            topics().name(Topic.OFFER_OUTCOME)));
            long startedAt = System.nanoTime();
            long changedAt = startedAt;
            Map<TopicPartition, Long> before = Map.of();
            while (System.nanoTime() - changedAt < quiet && System.nanoTime() - startedAt < LONGEST_SETTLE.toNanos()) {
                Map<TopicPartition, Long> ends = consumer.endOffsets(outputs);
                changedAt = ends.equals(before) ? changedAt : System.nanoTime();
                before = ends;
                Thread.sleep(POLL_MILLIS);
            }
        }
    }

    private void print(ReplaySummary summary, boolean live) {
        ReplayAccount account = summary.account();
        TextTable table = new TextTable("rows", "count");
        table.row("accepted", Figures.count(account.accepted()));
        account.leftOut().forEach((reason, rows) -> table.row("left out: " + reason, Figures.count(rows)));
        account.rejected().forEach((reason, rows) -> table.row("rejected: " + reason, Figures.count(rows)));
        table.row("all", Figures.count(account.rows()));
        account.unusable().forEach((reason, rows) -> table.row("left out of " + reason, Figures.count(rows)));
        out.println();
        out.print(table);
        account.examples().forEach((reason, example) -> out.println("first " + reason + ": " + example));
        out.println();
        out.print(new TextTable("results", "count")
                .row("bundles in the catalogue", Figures.count(summary.bundles()))
                .row("offers", Figures.count(summary.offers()))
                .row("outcome records", Figures.count(summary.outcomes())));
        out.print(Figures.text(
                "%nIn %.1f s, %,.0f rows a second.%n",
                summary.seconds(), account.rows() / Math.max(SHORTEST_SECONDS, summary.seconds())));
        if (!live) {
            out.println("The rows are of the past: Kombo learned from them, and counts them in no experiment.");
        }
        out.flush();
    }
}
