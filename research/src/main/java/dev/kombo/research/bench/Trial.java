package dev.kombo.research.bench;

import dev.kombo.config.Topic;
import dev.kombo.console.CommandException;
import dev.kombo.research.bench.BenchSummary.BatchFigures;
import dev.kombo.research.bench.BenchSummary.TopicFigures;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.BundleOffer;
import dev.kombo.schema.EventType;
import dev.kombo.schema.RejectedEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * A broker, instances of the service and a made-up shop, running together: publishes batches of events and measures
 * each. Not thread-safe.
 */
final class Trial implements AutoCloseable {
    /**
     * Least committed offers per event that may trigger one. By the default strategy a tenth of the users gets none,
     * and only the first line of an order triggers one.
     */
    static final double LEAST_OFFERS = 0.75;

    static final double MOST_OFFERS = 0.95;

    private static final int WARM_UP_PART = 150_000;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MICROS_PER_SECOND = 1e6;
    private static final Set<EventType> FEEDBACK = EnumSet.of(EventType.OFFER_IMPRESSION, EventType.OFFER_CLICK);

    private final Installation installation;
    private final BenchShop shop;
    private final List<ServiceProcess> services = new ArrayList<>();
    private List<BenchShop.ReceivedOffer> offers = List.of();
    private RejectedEvent rejected;
    private java.util.function.Consumer<BehaviorEvent> published = event -> {};

    /** All measurements at one moment. */
    record Moment(
            long nanos, double machine, ProcessTimes service, ProcessTimes broker, double driver, double allocated) {
        double secondsSince(Moment before) {
            return (nanos - before.nanos) / NANOS_PER_SECOND;
        }

        /** Processors that other processes used since another moment. */
        double otherCores(Moment before) {
            double ours = service.total() + broker.total() + driver;
            double oursBefore = before.service.total() + before.broker.total() + before.driver;
            return Math.max(0, (machine - before.machine - ours + oursBefore) / secondsSince(before));
        }

        /** Returns the processors that were used since another moment. */
        BenchSummary.CoreFigures coresSince(Moment before) {
            double seconds = secondsSince(before);
            return new BenchSummary.CoreFigures(
                    seconds,
                    (service.total() - before.service.total()) / seconds,
                    (broker.total() - before.broker.total()) / seconds,
                    otherCores(before));
        }
    }

    /** A processed batch, and its position in the input. */
    record Batch(BatchFigures figures, Map<TopicPartition, Long> ends) {}

    private Trial(BenchSettings settings, KomboVersion version, Path folder) {
        installation = new Installation(folder, settings.overrides(), version);
        shop = new BenchShop(
                settings.users(),
                settings.items(),
                settings.bundles(),
                settings.slots(),
                settings.seed(),
                settings.sessions());
    }

    /** Starts an installation with a catalogue, and the service of this version on it. */
    static Trial start(BenchSettings settings, Path folder) throws Exception {
        return start(settings, new ThisVersion(), folder);
    }

    /** Starts an installation with a catalogue, and the service of a version on it. */
    static Trial start(BenchSettings settings, KomboVersion version, Path folder) throws Exception {
        Trial trial = new Trial(settings, version, folder);
        try {
            trial.installation.publish(trial.shop);
            for (int i = 0; i < settings.instances(); i++) {
                trial.startService(i);
            }
            return trial;
        } catch (Throwable e) {
            trial.close();
            throw e;
        }
    }

    /** Starts an instance; it knows how long it took. */
    void startService(int number) throws Exception {
        services.add(
                ServiceProcess.start(installation.version().classPath(), installation.settings(), folderOf(number)));
    }

    /** Folder of an instance. */
    Path folderOf(int number) {
        return installation.folder().resolve("service-" + number);
    }

    Installation installation() {
        return installation;
    }

    BenchShop shop() {
        return shop;
    }

    List<ServiceProcess> services() {
        return services;
    }

    Moment moment() {
        long now = System.nanoTime();
        ProcessTimes service = services.get(0).times();
        double allocated = services.get(0).allocatedBytes();
        for (ServiceProcess other : services.subList(1, services.size())) {
            service = service.plus(other.times());
            allocated += other.allocatedBytes();
        }
        return new Moment(
                now,
                ProcessTimes.machineBusySeconds(),
                service,
                installation.brokerTimes(),
                ProcessTimes.of(ProcessHandle.current()).total(),
                allocated);
    }

    /** Returns the next events of the shop, some of which are feedback on the offers that were received last. */
    List<BehaviorEvent> nextEvents(int count) {
        List<BehaviorEvent> events = shop.batch(count, offers);
        // Nobody sees an offer twice.
        offers = List.of();
        events.forEach(published);
        return events;
    }

    /** Passes each event of the shop, from now on, to a reader as well. */
    void alsoTo(java.util.function.Consumer<BehaviorEvent> reader) {
        published = reader;
    }

    /** Notes offers, on which the next events give feedback. */
    void received(List<BenchShop.ReceivedOffer> latest) {
        offers = latest;
    }

    /**
     * Lets the service process so many events, in parts, so that all but the first contain feedback on the offers of
     * the part before.
     *
     * @return offset after the last event of each partition
     */
    Map<TopicPartition, Long> warmUp(int events) throws InterruptedException {
        int parts = Math.max(2, (events + WARM_UP_PART - 1) / WARM_UP_PART);
        for (int p = 1; p < parts; p++) {
            batch(events / parts);
        }
        return batch(events - (parts - 1) * (events / parts)).ends();
    }

    /** Lets the service process the next events. */
    Batch batch(int events) throws InterruptedException {
        return process(nextEvents(events));
    }

    /** Publishes events, waits until nothing is left to read, and counts what was written. */
    Batch process(List<BehaviorEvent> events) throws InterruptedException {
        try (Consumer<byte[], byte[]> consumer = installation.clients().bytes(IsolationLevel.READ_COMMITTED)) {
            Map<TopicPartition, Long> from = installation.ends(consumer);
            Map<String, Long> logBefore = TopicTraffic.logBytes(installation.brokerLog());
            Map<TopicPartition, Long> ends = installation.publish(events);
            Moment before = moment();
            Moment after = installation.drained(this::moment);
            Map<TopicPartition, Long> to = installation.ends(consumer);
            Map<String, Long> logAfter = TopicTraffic.logBytes(installation.brokerLog());
            Map<String, TopicTraffic.Written> written = count(consumer, from, to);
            requireClean();
            require(rejected == null, "an event was rejected: " + rejected);
            long dead =
                    written.get(installation.topics().name(Topic.DEAD_LETTER)).records();
            require(
                    dead == 0,
                    dead + " records arrived in " + installation.topics().name(Topic.DEAD_LETTER));
            return new Batch(figures(events, before, after, topics(events.size(), written, logBefore, logAfter)), ends);
        }
    }

    private Map<String, TopicTraffic.Written> count(
            Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> from, Map<TopicPartition, Long> to) {
        List<BenchShop.ReceivedOffer> made = new ArrayList<>();
        String offerTopic = installation.topics().name(Topic.BUNDLE_OFFER);
        String rejectedTopic = installation.topics().name(Topic.REJECTED_EVENT);
        Deserializer<BundleOffer> decoder = installation.clients().decoder(BundleOffer.class);
        Deserializer<RejectedEvent> rejectedDecoder = installation.clients().decoder(RejectedEvent.class);
        Map<String, TopicTraffic.Written> written = TopicTraffic.count(consumer, from, to, record -> {
            if (record.topic().equals(offerTopic)) {
                made.add(BenchShop.ReceivedOffer.of(decoder.deserialize(offerTopic, record.value())));
            } else if (record.topic().equals(rejectedTopic)) {
                rejected = rejectedDecoder.deserialize(rejectedTopic, record.value());
            }
        });
        received(made);
        return written;
    }

    /** Fails if an instance did something that these events do not cause. */
    void requireClean() throws InterruptedException {
        for (ServiceProcess service : services) {
            service.requireClean();
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw CommandException.failure(otherwise);
        }
    }

    private static Map<String, TopicFigures> topics(
            int events, Map<String, TopicTraffic.Written> written, Map<String, Long> before, Map<String, Long> after) {
        Map<String, TopicFigures> topics = new TreeMap<>();
        written.forEach((topic, count) -> topics.put(
                topic,
                new TopicFigures(
                        (double) count.records() / events,
                        (double) count.bytes() / events,
                        (double) (after.getOrDefault(topic, 0L) - before.getOrDefault(topic, 0L)) / events)));
        return topics;
    }

    private BatchFigures figures(
            List<BehaviorEvent> events, Moment before, Moment after, Map<String, TopicFigures> topics) {
        int count = events.size();
        Map<String, TopicFigures> written = new TreeMap<>(topics);
        written.remove(installation.topics().name(Topic.BEHAVIOR_EVENT));
        ProcessTimes service = after.service().since(before.service());
        double broker = after.broker().total() - before.broker().total();
        double seconds = after.secondsSince(before);
        return new BatchFigures(
                count,
                seconds,
                count / seconds,
                service.total() * MICROS_PER_SECOND / count,
                broker * MICROS_PER_SECOND / count,
                service.microsPer(count),
                (after.allocated() - before.allocated()) / count,
                services.stream()
                        .mapToDouble(ServiceProcess::mostResidentBytes)
                        .max()
                        .orElse(Double.NaN),
                topics.get(installation.topics().name(Topic.BUNDLE_OFFER)).records() * count / causes(events),
                after.otherCores(before),
                written.values().stream().mapToDouble(TopicFigures::records).sum(),
                written.values().stream().mapToDouble(TopicFigures::bytes).sum(),
                topics);
    }

    /** Number of events that may trigger an offer. */
    static long causes(List<BehaviorEvent> events) {
        return events.stream()
                .filter(event -> !FEEDBACK.contains(event.getType()))
                .count();
    }

    /**
     * Fails if there are too few or too many offers per event.
     *
     * @throws CommandException then
     */
    static void requireOffers(double offersPerEvent) {
        if (offersPerEvent < LEAST_OFFERS || offersPerEvent > MOST_OFFERS) {
            throw CommandException.failure("%.3f offers per event that may trigger one, expected %.2f to %.2f"
                    .formatted(offersPerEvent, LEAST_OFFERS, MOST_OFFERS));
        }
    }

    @Override
    public void close() {
        try (installation) {
            services.forEach(ServiceProcess::close);
        }
    }
}
