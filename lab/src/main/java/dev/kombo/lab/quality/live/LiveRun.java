package dev.kombo.lab.quality.live;

import dev.kombo.catalog.CatalogIndex;
import dev.kombo.catalog.Target;
import dev.kombo.catalog.TargetModel;
import dev.kombo.cli.ClientSettings;
import dev.kombo.config.KomboConfig;
import dev.kombo.config.Topics;
import dev.kombo.engine.TaskSettings;
import dev.kombo.lab.quality.protocol.Progress;
import dev.kombo.lab.quality.protocol.SeedResult;
import dev.kombo.lab.quality.protocol.ServiceTrial;
import dev.kombo.lab.replay.ReplayRunner;
import dev.kombo.ops.KomboMetric;
import dev.kombo.profile.Behavior;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.Bundle;
import dev.kombo.serde.AvroSerdes;
import dev.kombo.topology.EngineSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * One pass of a data set through a running service: the catalogue is published and indexed, then the events come, held back
 * as the plan says. When each of them is learned from and published by its target's owner, the shoppers' states are read and
 * the instances stopped, so that index and shoppers are of one moment; then they are judged. Not thread-safe.
 */
public final class LiveRun {
    private static final Duration STALL = Duration.ofMinutes(2);

    private final ServiceTrial trial;
    private final LivePlan plan;
    private final Map<String, String> settings;
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private final Set<String> targets = new HashSet<>();

    /**
     * A run.
     *
     * @param settings of a service on an empty installation whose topics exist, as {@link #settings} made them
     */
    public LiveRun(ServiceTrial trial, LivePlan plan, Map<String, String> settings) {
        this.trial = trial;
        this.plan = plan;
        this.settings = Map.copyOf(settings);
    }

    /** Settings of the service for a plan; those given stay. */
    public static Map<String, String> settings(ServiceTrial trial, LivePlan plan, Map<String, String> given) {
        return plan.settings(given, trial.pace());
    }

    /**
     * Runs it.
     *
     * @throws IllegalStateException when the service gives up, makes no progress, or counts an event not once
     */
    public SeedResult run(long seed, Progress progress) throws InterruptedException {
        ServiceTrial.Events events = trial.events(seed);
        long total = events.size() + (long) events.size() / 10;
        ServiceTrial.Learned learned;
        Map<String, String> facts;
        try (ServiceGroup services = new ServiceGroup(settings, plan.instances());
                AvroSerdes serdes = new AvroSerdes(services.config().avroSettings());
                Producer<String, SpecificRecord> producer = producer(services.config(), serdes)) {
            Waiting waiting = new Waiting(STALL, () -> {
                services.requireAlive();
                failOnError();
            });
            services.start(waiting);
            publishCatalog(producer, services, waiting);
            InputGate gate = gate(services, waiting);
            publish(events, producer, services, gate, (done, all) -> progress.update(done, total));
            double sendingSeconds = gate.seconds();
            awaitLearned(services, gate, events.size(), waiting);
            Map<String, Behavior> shoppers = services.shoppers();
            facts = new LiveFacts(services, plan, gate, events.size(), sendingSeconds).facts();
            requireEachCounted(shoppers, events.size());
            learned = new ServiceTrial.Learned(
                    services.indexes().get(0),
                    shopper -> shoppers.computeIfAbsent(shopper, unused -> unknown(services.config())),
                    services.ranker());
        }
        learned.index().refresh();
        SeedResult result = trial.judge(
                learned,
                seed,
                (done, all) -> progress.update(events.size() + done * (events.size() / 10) / all, total));
        facts.forEach(result::fact);
        return result;
    }

    private static Producer<String, SpecificRecord> producer(KomboConfig config, AvroSerdes serdes) {
        Map<String, Object> clientSettings = new HashMap<>(ClientSettings.producer(config));
        clientSettings.putAll(ReplayRunner.PRODUCER_SETTINGS);
        return new KafkaProducer<>(clientSettings, new StringSerializer(), serdes.serializer());
    }

    private InputGate gate(ServiceGroup services, Waiting waiting) {
        boolean sweeping = new EngineSettings(services.config()).get(TaskSettings.SWEEP_USERS) > 0;
        return new InputGate(services, plan, trial.pace(), waiting, sweeping);
    }

    private void publishCatalog(Producer<String, SpecificRecord> producer, ServiceGroup services, Waiting waiting)
            throws InterruptedException {
        List<Bundle> bundles = trial.catalog();
        String topic = Topics.of(services.config()).bundleCatalog();
        for (Bundle bundle : bundles) {
            send(producer, topic, bundle.getBundleId(), bundle);
        }
        producer.flush();
        waiting.until(
                "all instances have indexed the catalogue",
                () -> services.indexes().stream().allMatch(index -> index.bundleCount() == bundles.size()),
                () -> services.indexes().stream().map(CatalogIndex::bundleCount).toList());
    }

    private void publish(
            ServiceTrial.Events events,
            Producer<String, SpecificRecord> producer,
            ServiceGroup services,
            InputGate gate,
            Progress progress)
            throws InterruptedException {
        String topic = Topics.of(services.config()).behaviorEvent();
        for (int e = 0; e < events.size(); e++) {
            gate.await(e);
            send(producer, topic, events.event(e));
            progress.update(e, events.size());
        }
        producer.flush();
    }

    private void send(Producer<String, SpecificRecord> producer, String topic, BehaviorEvent event) {
        targets.add(
                event.getItemId() != null ? Target.ofItem(event.getItemId()) : Target.ofBundle(event.getBundleId()));
        send(producer, topic, event.getUserId(), event);
    }

    private void send(Producer<String, SpecificRecord> producer, String topic, String key, SpecificRecord value) {
        failOnError();
        var unused = producer.send(new ProducerRecord<>(topic, key, value), (metadata, exception) -> {
            if (exception != null) {
                failure.compareAndSet(null, exception);
            }
        });
    }

    private void failOnError() {
        Exception cause = failure.get();
        if (cause != null) {
            throw new IllegalStateException("a record could not be published: " + cause.getMessage(), cause);
        }
    }

    /** Each event touches one target, whose published model counts its touches. */
    private void awaitLearned(ServiceGroup services, InputGate gate, long events, Waiting waiting)
            throws InterruptedException {
        waiting.until(
                "all events are learned from",
                () -> gate.look(events) >= 0 && gate.accepted() >= events,
                () -> gate.accepted());
        waiting.until(
                "all touches are published",
                () -> touches(services.indexes().get(0)) >= events,
                () -> List.of(
                        touches(services.indexes().get(0)), services.count(KomboMetric.TARGET_UPDATES, "applied")));
    }

    private long touches(CatalogIndex index) {
        long touches = 0;
        for (String target : targets) {
            TargetModel model = index.model(target);
            touches += model == null ? 0 : model.interactions();
        }
        return touches;
    }

    private static void requireEachCounted(Map<String, Behavior> shoppers, long events) {
        long counted = 0;
        for (Behavior behavior : shoppers.values()) {
            counted += behavior.totalCount();
        }
        if (counted != events) {
            throw new IllegalStateException(String.format(
                    Locale.ROOT, "%,d events were published, but the profiles count %,d", events, counted));
        }
    }

    private static Behavior unknown(KomboConfig config) {
        return new Behavior(new EngineSettings(config).profile());
    }
}
