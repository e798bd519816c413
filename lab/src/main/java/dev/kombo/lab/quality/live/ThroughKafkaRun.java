package dev.kombo.lab.quality.live;

import dev.kombo.catalog.Entity;
import dev.kombo.catalog.EntityModel;
import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.catalog.index.WritableCatalogIndex;
import dev.kombo.config.ServiceSettings;
import dev.kombo.engine.EngineSettings;
import dev.kombo.engine.shopper.OfferSettings;
import dev.kombo.lab.kafka.LabClients;
import dev.kombo.lab.kafka.Waiting;
import dev.kombo.lab.quality.protocol.Progress;
import dev.kombo.lab.quality.protocol.SeedResult;
import dev.kombo.lab.quality.protocol.ServiceTrial;
import dev.kombo.lab.replay.RowSender;
import dev.kombo.learning.mining.MiningSettings;
import dev.kombo.ops.KomboMetric;
import dev.kombo.profile.Behavior;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.Bundle;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;

/**
 * Runs a data set once through a running service and judges what the service learned: the catalogue is published and
 * indexed, then events are published as fast as the service learns from them. When the entities' owners have published
 * all of them and the ranker has learned from them, the shoppers' states are read and the instances stopped, so that
 * index and shoppers are from the same moment. Not thread-safe.
 */
public final class ThroughKafkaRun {
    private static final Duration STALL = Duration.ofMinutes(2);

    /** Most events that are sent and not yet learned from. */
    private static final long MOST_WAITING = 400;
    /** Most item updates that are sent and not yet applied: about as many as 200 events cause. */
    private static final long MOST_ITEM_LAG = 4_000;
    /** Events between two checks. */
    private static final int STEP = 20;

    private final ServiceTrial trial;
    private final int instances;
    private final Map<String, String> settings;

    /**
     * @param settings of a service on an empty installation whose topics exist, as returned by {@link #settings}
     */
    public ThroughKafkaRun(ServiceTrial trial, int instances, Map<String, String> settings) {
        this.trial = trial;
        this.instances = instances;
        this.settings = Map.copyOf(settings);
    }

    /**
     * Returns the settings of the service; given ones are kept. Nobody sees the offers, so they are made only on
     * request.
     */
    public static Map<String, String> settings(Map<String, String> given, int partitions) {
        Map<String, String> settings = new HashMap<>(given);
        settings.put(ServiceSettings.TOPIC_PARTITIONS.name(), Integer.toString(partitions));
        settings.putIfAbsent(OfferSettings.TRIGGERS.name(), "OFFER_REQUEST");
        settings.putIfAbsent(MiningSettings.AUTO_APPROVE.name(), "false");
        return settings;
    }

    /**
     * Runs the data set.
     *
     * @throws IllegalStateException if the service gives up, makes no progress, or does not count an event exactly once
     */
    public SeedResult run(long seed, Progress progress) throws InterruptedException {
        ServiceTrial.Events events = trial.events(seed);
        long total = events.size() + (long) events.size() / 10;
        Map<String, String> facts;
        ServiceTrial.Learned learned;
        WritableCatalogIndex index;
        try (ServiceGroup services = new ServiceGroup(settings, instances);
                LabClients clients = new LabClients(services.config());
                Producer<String, SpecificRecord> producer = clients.producer(Map.of())) {
            RowSender sender = new RowSender(producer, clients.topics());
            Waiting waiting = new Waiting(STALL, services::requireAlive);
            services.start(waiting);
            publishCatalog(sender, services, waiting);
            long startedAt = System.nanoTime();
            Set<String> entities =
                    publish(events, sender, services, waiting, (done, all) -> progress.update(done, total));
            index = services.indexes().get(0);
            waiting.until(
                    "all events are learned from and published",
                    () -> accepted(services) >= events.size() && interactions(index, entities) >= events.size(),
                    () -> List.of(accepted(services), interactions(index, entities), updates(services, "applied")));
            int batch =
                    new EngineSettings(services.config()).training().network().batch();
            waiting.until(
                    "the ranker has learned from all examples but those of its open mini-batch",
                    () -> services.examplesLearned() + batch > services.count(KomboMetric.TRAINING_EXAMPLES, "sent"),
                    () -> services.examplesLearned());
            facts = facts(services, events.size(), (System.nanoTime() - startedAt) / 1e9);
            Map<String, Behavior> shoppers = services.shoppers();
            requireEachCounted(shoppers, events.size());
            Behavior unknown = new Behavior(new EngineSettings(services.config()).profile());
            learned = new ServiceTrial.Learned(
                    index, shopper -> shoppers.getOrDefault(shopper, unknown), services.ranker());
        }
        index.refresh();
        SeedResult result = trial.judge(
                learned,
                seed,
                (done, all) -> progress.update(events.size() + done * (events.size() / 10) / all, total));
        facts.forEach(result::fact);
        return result;
    }

    private void publishCatalog(RowSender sender, ServiceGroup services, Waiting waiting) throws InterruptedException {
        List<Bundle> bundles = trial.catalog();
        bundles.forEach(sender::send);
        sender.flush();
        waiting.until(
                "all instances have indexed the catalogue",
                () -> services.indexes().stream().allMatch(index -> index.bundleCount() == bundles.size()),
                () -> services.indexes().stream().map(CatalogIndex::bundleCount).toList());
    }

    /** Publishes the events at the pace of the service; returns the items and bundles that they interact with. */
    private static Set<String> publish(
            ServiceTrial.Events events, RowSender sender, ServiceGroup services, Waiting waiting, Progress progress)
            throws InterruptedException {
        Set<String> entities = new HashSet<>();
        for (int e = 0; e < events.size(); e++) {
            long sent = e;
            if (e % STEP == 0) {
                waiting.until(
                        "the service catches up",
                        () -> sent - accepted(services) <= MOST_WAITING
                                && updates(services, "sent") - updates(services, "applied") <= MOST_ITEM_LAG,
                        () -> List.of(accepted(services), updates(services, "applied")));
                progress.update(e, events.size());
            }
            BehaviorEvent event = events.event(e);
            entities.add(
                    event.getItemId() != null
                            ? Entity.ofItem(event.getItemId())
                            : Entity.ofBundle(event.getBundleId()));
            sender.send(event);
        }
        sender.flush();
        return entities;
    }

    private static long accepted(ServiceGroup services) {
        return services.count(KomboMetric.EVENTS, "accepted");
    }

    private static long updates(ServiceGroup services, String stage) {
        return services.count(KomboMetric.TARGET_UPDATES, stage);
    }

    private static long interactions(CatalogIndex index, Set<String> entities) {
        long interactions = 0;
        for (String entity : entities) {
            EntityModel model = index.model(entity);
            interactions += model == null ? 0 : model.interactions();
        }
        return interactions;
    }

    private Map<String, String> facts(ServiceGroup services, int events, double seconds) {
        return Map.of(
                "events",
                Integer.toString(events),
                "instances",
                instances + ", with " + services.config().get(ServiceSettings.TOPIC_PARTITIONS) + " partitions",
                "events a second",
                String.format(Locale.ROOT, "%.0f", events / seconds),
                "item updates per event",
                String.format(Locale.ROOT, "%.3f", updates(services, "applied") / (double) events),
                "ranker",
                "version " + services.ranker().version());
    }

    /** Checks that learning was exactly once: the profiles count exactly the published events. */
    private static void requireEachCounted(Map<String, Behavior> shoppers, long events) {
        long counted =
                shoppers.values().stream().mapToLong(Behavior::totalCount).sum();
        if (counted != events) {
            throw new IllegalStateException(String.format(
                    Locale.ROOT, "%,d events were published, but the profiles count %,d", events, counted));
        }
    }
}
