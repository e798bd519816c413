package dev.kombo.lab.quality.live;

import dev.kombo.catalog.index.WritableCatalogIndex;
import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.lab.kafka.Waiting;
import dev.kombo.ops.KomboMetric;
import dev.kombo.profile.Behavior;
import dev.kombo.query.shopper.LocalProfiles;
import dev.kombo.ranking.Ranker;
import dev.kombo.service.KomboService;
import dev.kombo.topology.common.StoreNames;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;

/**
 * Runs several instances of the service in this process as one application, each with a state folder of its own. Not
 * thread-safe.
 */
final class ServiceGroup implements AutoCloseable {
    private final KomboConfig config;
    private final List<KomboService> services = new ArrayList<>();

    ServiceGroup(Map<String, String> settings, int instances) {
        config = KomboConfig.of(settings);
        Path state = Path.of(config.get(ServiceSettings.STATE_DIR));
        for (int i = 0; i < instances; i++) {
            Map<String, String> own = new HashMap<>(settings);
            own.put(
                    ServiceSettings.STATE_DIR.name(),
                    state.resolve("instance-" + (i + 1)).toString());
            services.add(KomboService.create(KomboConfig.of(own)));
        }
    }

    /** Starts all and waits until each is running and has its share of the tasks. */
    void start(Waiting waiting) throws InterruptedException {
        services.forEach(KomboService::start);
        waiting.until(
                "all instances run",
                () -> services.stream().allMatch(service -> service.streams().state() == KafkaStreams.State.RUNNING),
                () -> services.stream()
                        .map(service -> service.streams().state())
                        .toList());
    }

    /**
     * Checks that all are running.
     *
     * @throws IllegalStateException if one gave up
     */
    void requireAlive() {
        for (KomboService service : services) {
            KafkaStreams.State state = service.streams().state();
            if (state == KafkaStreams.State.PENDING_ERROR || state.hasCompletedShutdown()) {
                throw new IllegalStateException("an instance of the service gave up; it is " + state);
            }
        }
    }

    /** Returns a counter's sum over all instances; label values may be omitted from the end. */
    long count(KomboMetric metric, String... labelValues) {
        long sum = 0;
        for (KomboService service : services) {
            sum += service.counters().get(metric, labelValues);
        }
        return sum;
    }

    List<WritableCatalogIndex> indexes() {
        return services.stream()
                .map(service -> service.models().writableCatalog())
                .toList();
    }

    /** The ranker in force on the first instance. */
    Ranker ranker() {
        return services.get(0).models().ranker();
    }

    /**
     * Number of examples behind the ranker in force, dropped ones included, on the instance that is furthest behind.
     */
    long examplesLearned() {
        return count(KomboMetric.TRAINING_EXAMPLES, "dropped")
                + services.stream()
                        .mapToLong(service -> service.models().rankerStatus().examples())
                        .min()
                        .orElse(0);
    }

    KomboConfig config() {
        return config;
    }

    /**
     * Returns all shoppers by key, each from the instance that owns it now.
     *
     * @throws IllegalStateException if two instances have the same shopper
     */
    Map<String, Behavior> shoppers() {
        Map<String, Behavior> shoppers = new HashMap<>();
        for (KomboService service : services) {
            LocalProfiles profiles = new LocalProfiles(service.streams(), service.engine());
            try (KeyValueIterator<String, byte[]> stored = service.streams()
                    .store(StoreQueryParameters.fromNameAndType(
                            StoreNames.USER_PROFILE, QueryableStoreTypes.<String, byte[]>keyValueStore()))
                    .all()) {
                while (stored.hasNext()) {
                    String key = stored.next().key;
                    if (shoppers.put(key, profiles.find(key).value().behavior()) != null) {
                        throw new IllegalStateException("two instances own the shopper " + key);
                    }
                }
            }
        }
        return shoppers;
    }

    /** Stops all; the content of the indexes is kept. An interrupt takes effect afterwards. */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        try {
            services.forEach(KomboService::close);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
