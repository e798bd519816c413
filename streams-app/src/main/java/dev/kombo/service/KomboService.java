package dev.kombo.service;

import dev.kombo.client.AvroSerdes;
import dev.kombo.client.SchemaRegistryException;
import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.config.Topics;
import dev.kombo.engine.EngineSettings;
import dev.kombo.engine.model.LiveModels;
import dev.kombo.metric.Counters;
import dev.kombo.metric.KomboMetric;
import dev.kombo.ops.Causes;
import dev.kombo.ops.Metrics;
import dev.kombo.topology.BundleTopology;
import dev.kombo.topology.global.EngineContext;
import dev.kombo.topology.task.StoreNames;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One instance of the service: topology, in-memory models and Kafka Streams, created from a configuration. */
public final class KomboService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KomboService.class);
    private static final String DAMAGED =
            "a store on disk is damaged: the instance stops and deletes its stores; when started"
                    + " again, it restores them from Kafka";
    private static final long REPORT_SECONDS = 5;
    private static final double MILLIS_A_SECOND = 1000;
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

    private final KomboConfig config;
    private final LiveModels models;
    private final Metrics metrics;
    private final GlobalLag globalLag;
    private final GroupLag groupLag;
    private final ThreadRestarts restarts = new ThreadRestarts();
    private final ChangelogCheck changelogs;
    private final RestoreProgress restored;
    private final CountDownLatch settled = new CountDownLatch(1);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final EngineContext engine;
    private final Topology topology;
    private final KafkaStreams streams;
    private final Readiness readiness;
    private volatile boolean informed;
    private volatile boolean damaged;

    /** Creates an instance without starting it. */
    public KomboService(KomboConfig config) {
        this.config = config;
        Counters counters = new Counters();
        this.metrics = new Metrics(counters);
        AvroSerdes serdes = new AvroSerdes(config.avroSettings());
        EngineSettings settings = new EngineSettings(config);
        this.models = new LiveModels(settings, config.get(ServiceSettings.TOPIC_PARTITIONS));
        this.engine = new EngineContext(settings, Topics.of(config), serdes, models, counters, metrics.measurements());
        Properties streamsSettings = StreamsSettings.of(config);
        this.changelogs = new ChangelogCheck(streamsSettings, counters);
        this.restored = new RestoreProgress(changelogs);
        this.topology = new BundleTopology(engine, changelogs).build();
        this.streams = new SafeMetricsStreams(topology, streamsSettings);
        this.globalLag = new GlobalLag(streams::metrics);
        Assigned assigned = new Assigned(streams);
        this.groupLag = new GroupLag(assigned, () -> new BrokerOffsets(config, assigned::isOwn), System::nanoTime);
        this.readiness = new Readiness(
                streams, topology.describe(), config.get(ServiceSettings.APPLICATION_ID), System::nanoTime);
        addFigures();
        streams.setGlobalStateRestoreListener(restored);
        streams.setStandbyUpdateListener(new StandbyProgress(changelogs));
        streams.setUncaughtExceptionHandler(this::failed);
        streams.setStateListener((state, before) -> {
            LOG.info("Kafka Streams: {} after {}", state, before);
            if (state == KafkaStreams.State.RUNNING || state == KafkaStreams.State.ERROR) {
                settled.countDown();
            }
        });
    }

    /** Returns the topology of an instance with this configuration; needs no broker. */
    public static Topology describe(KomboConfig config) {
        EngineSettings settings = new EngineSettings(config);
        try (AvroSerdes serdes = new AvroSerdes(config.avroSettings())) {
            return new BundleTopology(new EngineContext(
                            settings,
                            Topics.of(config),
                            serdes,
                            new LiveModels(settings, config.get(ServiceSettings.TOPIC_PARTITIONS)),
                            new Counters()))
                    .build();
        }
    }

    /**
     * Checks the topics, waits until no instance of another release runs, and starts.
     *
     * @throws IllegalStateException if topics are missing or do not fit, a store on disk is damaged, the registry
     *     rejects requests, or the thread is interrupted
     */
    public void start() {
        Thread reporter = new Thread(this::reportWaiting, "kombo-start");
        reporter.setDaemon(true);
        reporter.start();
        try (StartQuestions brokers = new StartQuestions(config, engine.registryWait())) {
            TopicGuard.check(brokers, engine.topics(), config.get(ServiceSettings.BOOTSTRAP_SERVERS));
            GroupGuard.check(brokers, config.get(ServiceSettings.APPLICATION_ID));
        }
        changelogs.starts();
        try {
            streams.start();
        } catch (StreamsException e) {
            damaged = ThreadRestarts.damaged(e);
            throw new IllegalStateException(damaged ? DAMAGED : rootOf(e), e);
        }
        // Kafka Streams returns only when the global topics have been read to their end.
        informed = true;
        groupLag.start();
    }

    private void reportWaiting() {
        try {
            do {
                String what = waitsFor();
                if (!what.isEmpty()) {
                    LOG.info("Starting: waiting for {}", what);
                }
            } while (!settled.await(REPORT_SECONDS, TimeUnit.SECONDS)
                    && !streams.state().hasStartedOrFinishedShuttingDown());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Says what an instance is waiting for that starts or cannot work, for an operator; empty: nothing. */
    public String waitsFor() {
        String away = engine.registryWait().waitsFor();
        if (!away.isEmpty()) {
            return away;
        }
        String restoring = restored.text();
        if (!restoring.isEmpty()) {
            return restoring;
        }
        return switch (streams.state()) {
            case CREATED -> "an answer of " + config.get(ServiceSettings.BOOTSTRAP_SERVERS);
            case REBALANCING ->
                informed
                        ? "the group " + config.get(ServiceSettings.APPLICATION_ID)
                                + " to assign partitions; an instance that did not leave the group is removed after "
                                + TimeUnit.MILLISECONDS.toSeconds(config.get(ServiceSettings.SESSION_TIMEOUT)) + " s"
                        : "the topics that every instance reads completely";
            case RUNNING -> readiness.hindrance();
            default -> "";
        };
    }

    /** Whether it processes events, and each store that it was assigned can be read. */
    public boolean serves() {
        return streams.state() == KafkaStreams.State.RUNNING
                && readiness.hindrance().isEmpty();
    }

    /**
     * Whether the in-memory models have been read to their end since the start, so that what they lack does not exist.
     */
    public boolean informed() {
        return informed;
    }

    /**
     * Number of records that wait for this instance; empty while it is not known, as before the first assignment of
     * partitions, or while no broker answers.
     */
    public OptionalLong lag() {
        OptionalLong waiting = groupLag.records();
        return waiting.isEmpty() ? waiting : OptionalLong.of(waiting.getAsLong() + globalLag.total());
    }

    /** Address at which other instances reach this one's API, host:port; empty: none. */
    public String applicationServer() {
        return StreamsSettings.applicationServer(config);
    }

    /**
     * Waits until stores and models are restored and the instance processes events.
     *
     * @throws IllegalStateException if it failed, or is not running in time
     */
    public void awaitRunning(Duration timeout) {
        try {
            if (!settled.await(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("Kafka Streams is " + streams.state() + " after " + timeout.toSeconds()
                        + " s instead of RUNNING; it is waiting for " + waitsFor());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for Kafka Streams", e);
        }
        if (streams.state() == KafkaStreams.State.ERROR) {
            throw new IllegalStateException("Kafka Streams failed to start", failure.get());
        }
    }

    private static String rootOf(Throwable failure) {
        return Causes.of(failure)
                .filter(SchemaRegistryException.class::isInstance)
                .findFirst()
                .orElse(Causes.rootOf(failure))
                .getMessage();
    }

    private StreamThreadExceptionResponse failed(Throwable cause) {
        failure.set(cause);
        engine.counters().count(KomboMetric.THREADS_FAILED);
        if (ThreadRestarts.damaged(cause)) {
            damaged = true;
            LOG.error(DAMAGED, cause);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        Optional<Duration> pause = restarts.pause(cause, System.nanoTime());
        if (pause.isEmpty()) {
            LOG.error("Stream threads keep failing; the instance stops", cause);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        LOG.error("A stream thread failed and is replaced in {} s", pause.get().toSeconds(), cause);
        String away = ThreadRestarts.away(cause) ? "a broker or the schema registry: " + rootOf(cause) : "";
        engine.registryWait().pause(away, pause.get().toMillis());
        engine.registryWait().over();
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    public KafkaStreams streams() {
        return streams;
    }

    public Topology topology() {
        return topology;
    }

    /** The context that its processors share. */
    public EngineContext engine() {
        return engine;
    }

    /** The counts of {@link #engine} and more, for Prometheus. */
    public Metrics metrics() {
        return metrics;
    }

    /** Finishes work in progress, commits, hands its tasks to other instances and stops. */
    @Override
    public void close() {
        engine.registryWait().stop();
        groupLag.close();
        // Otherwise the others would wait for its session to time out, and its shoppers for offers.
        GroupMembershipOperation membership = StreamsSettings.keepsItsPlace(config)
                ? GroupMembershipOperation.REMAIN_IN_GROUP
                : GroupMembershipOperation.LEAVE_GROUP;
        if (!streams.close(CloseOptions.groupMembershipOperation(membership).withTimeout(CLOSE_TIMEOUT))) {
            LOG.warn("Kafka Streams did not stop within {} s", CLOSE_TIMEOUT.toSeconds());
        } else if (damaged) {
            streams.cleanUp();
        }
        changelogs.close();
        metrics.close();
        engine.serdes().close();
    }

    /** Registers the gauges of an instance's state. */
    private void addFigures() {
        metrics.watch(streams);
        metrics.gauge(KomboMetric.RUNNING, () -> serves() ? 1 : 0);
        metrics.gauge(KomboMetric.ENTITIES_INDEXED, () -> models.catalog().places());
        metrics.gauge(KomboMetric.BUNDLES_WIDE, () -> models.catalog().wideBundles());
        metrics.gauge(KomboMetric.CUSTOMER_LEVELS, () -> models.catalog().customerLevels());
        metrics.gauge(KomboMetric.GENERATION, () -> models.generations().next() - 1);
        metrics.gauge(KomboMetric.GENERATION_SINCE, () -> seconds(models.generationSince()));
        metrics.gauge(
                KomboMetric.GENERATIONS_REFUSED, () -> models.generations().refused());
        metrics.gauge(KomboMetric.RANKER_VERSION, () -> models.rankerStatus().version());
        metrics.gauge(KomboMetric.RANKER_LOSS, () -> models.rankerStatus().logLoss());
        metrics.gauge(
                KomboMetric.RANKER_CALIBRATION_ERROR,
                () -> models.rankerStatus().calibrationError());
        metrics.gauge(
                KomboMetric.RANKER_PUBLISHED,
                () -> seconds(models.rankerStatus().publishedAt()));
        Path stores = Path.of(config.get(ServiceSettings.STATE_DIR), config.get(ServiceSettings.APPLICATION_ID));
        metrics.figures(() -> StoreSizes.of(stores));
        metrics.figures(() -> RankerFigures.of(models.contest().latest()));
        ExperimentFigures experiments = new ExperimentFigures(streams, StoreNames.UPLIFT_ACCOUNT);
        metrics.figures(() -> streams.state() == KafkaStreams.State.RUNNING ? experiments.latest() : List.of());
    }

    private static double seconds(long millis) {
        return millis == 0 ? Double.NaN : millis / MILLIS_A_SECOND;
    }
}
