package dev.kombo.cli;

import dev.kombo.config.KomboConfig;
import dev.kombo.query.QuerySources;
import dev.kombo.query.StoreProfiles;
import dev.kombo.query.StoreReports;
import dev.kombo.query.StreamsHealth;
import dev.kombo.service.KomboService;
import dev.kombo.topology.StoreNames;
import java.time.Duration;
import org.apache.kafka.streams.KafkaStreams;

/** The real service. */
final class LiveService implements Service {
    private final KomboService service;

    LiveService(KomboConfig config) {
        Brokers.requireReachable(config);
        this.service = KomboService.create(config);
    }

    @Override
    public void start() {
        try {
            service.start();
        } catch (IllegalStateException e) {
            throw CommandException.failure(e.getMessage(), e);
        }
    }

    @Override
    public void awaitRunning(Duration timeout) {
        try {
            service.awaitRunning(timeout);
        } catch (IllegalStateException e) {
            throw CommandException.failure(e.getMessage(), e);
        }
    }

    @Override
    public boolean failed() {
        KafkaStreams.State state = service.streams().state();
        return state == KafkaStreams.State.PENDING_ERROR || state.hasCompletedShutdown();
    }

    @Override
    public QuerySources queries() {
        KafkaStreams streams = service.streams();
        return new QuerySources(
                new StreamsHealth(streams),
                new StoreProfiles(streams, StoreNames.USER_PROFILE),
                service.catalog(),
                new StoreReports(streams, StoreNames.EXPERIMENT_ACCOUNT, StoreNames.UPLIFT_ACCOUNT),
                service.metrics()::scrape);
    }

    @Override
    public void close() {
        service.close();
    }
}
