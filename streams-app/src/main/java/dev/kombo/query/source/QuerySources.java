package dev.kombo.query.source;

import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.config.Topic;
import dev.kombo.engine.EngineSettings;
import dev.kombo.engine.model.LiveModels;
import dev.kombo.profile.ShopperState;
import dev.kombo.query.cluster.Cluster;
import dev.kombo.query.http.ApiException;
import dev.kombo.topology.global.EngineContext;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.TopologyDescription;

/**
 * What endpoints read from and publish to.
 *
 * @param health state of the instance
 * @param cluster which instance has what
 * @param profiles shoppers of this instance
 * @param reports experiments of this instance
 * @param engine settings, models and topics
 * @param offers offers of all instances from now on
 * @param outbox publishes what the API accepts
 * @param topology what the instance runs
 * @param clock the machine's clocks
 * @param metrics all metrics in the text format of Prometheus
 */
public record QuerySources(
        Health health,
        Cluster cluster,
        Profiles profiles,
        Reports reports,
        EngineContext engine,
        OfferFeed offers,
        Outbox outbox,
        TopologyDescription topology,
        MachineClock clock,
        Supplier<String> metrics) {
    /** The settings of the engine. */
    public EngineSettings settings() {
        return engine.settings();
    }

    /** The in-memory models. */
    public LiveModels models() {
        return engine.models();
    }

    /** The catalogue, as far as the instance has read it. */
    public CatalogIndex catalog() {
        return engine.models().catalog();
    }

    /** The shop's time, as far as the instance knows it. */
    public long shopTime() {
        long systemTime = clock.now();
        return models().time().at(systemTime, systemTime);
    }

    /**
     * Whether a bundle was stopped or removed. While the catalogue is still being read, a bundle that is missing does
     * not count as removed.
     */
    public boolean ended(String bundleId) {
        BundleEntry entry = catalog().bundle(bundleId);
        return entry == null ? health.informed() : entry.bundle().stopped();
    }

    /**
     * Requires that the instance has read the whole catalogue, so that what is missing does not exist.
     *
     * @throws ApiException 503 otherwise
     */
    public void requireInformed() {
        if (!health.informed()) {
            throw ApiException.unavailable(
                    "state-unavailable",
                    "the instance has not read the whole catalogue yet; its state is " + health.state());
        }
    }

    /** Publishes records to topics. */
    @FunctionalInterface
    public interface Outbox {
        /**
         * Publishes a record; completes when all in-sync replicas have it, exceptionally if they do not get it.
         *
         * @param key as the Java client partitions by it
         */
        CompletableFuture<Void> publish(Topic topic, String key, SpecificRecord value);
    }

    /**
     * The machine's clocks.
     *
     * @param millis epoch milliseconds
     * @param nanos nanoseconds of a monotonic clock
     */
    public record MachineClock(LongSupplier millis, LongSupplier nanos) {
        /** Epoch milliseconds now. */
        public long now() {
            return millis.getAsLong();
        }
    }

    /** The shopper profiles of this instance. */
    @FunctionalInterface
    public interface Profiles {
        /**
         * Returns the profile of a shopper; null if there is none.
         *
         * @param shopperKey as created by {@link dev.kombo.profile.ShopperKey}
         * @throws dev.kombo.query.http.ApiException 503 while the store cannot be read, or if it is on another instance
         */
        StoreReading<ShopperState> find(String shopperKey);
    }

    /** The health of the instance. */
    public interface Health {
        /** Whether it can continue; an instance that is not live should be restarted. */
        boolean live();

        /** Whether it has read catalogue, models and strategy to their end since it started. */
        boolean informed();

        /** Why it should not receive requests, in words for an operator; null: it should. */
        String obstacle();

        /** The state in one word, for people. */
        String state();

        /** Records that wait to be processed by the instance; empty while that is not known. */
        OptionalLong lag();

        /** Describes what the instance does and holds. */
        InstanceView describe();
    }
}
