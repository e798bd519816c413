package dev.kombo.instance;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.kombo.config.ApiSettings;
import dev.kombo.config.KomboConfig;
import dev.kombo.console.Brokers;
import dev.kombo.console.CommandException;
import dev.kombo.query.cluster.StreamsCluster;
import dev.kombo.query.report.LocalReports;
import dev.kombo.query.shopper.LocalProfiles;
import dev.kombo.query.source.QuerySources;
import dev.kombo.query.source.StreamsHealth;
import dev.kombo.service.KomboService;
import dev.kombo.service.RecordPublisher;
import dev.kombo.topology.global.EngineContext;
import java.time.Duration;
import org.apache.kafka.streams.KafkaStreams;
import org.slf4j.LoggerFactory;

/** Runs Kafka Streams in this process and publishes the records that the query API sends, as commands ask for it. */
final class LiveService implements CommandContext.Service {
    private final KomboConfig config;
    private final KomboService service;
    private final RecordPublisher publisher;

    LiveService(KomboConfig config) {
        this.config = config;
        warnOfConnections(Level.ERROR);
        this.service = new KomboService(config);
        this.publisher = new RecordPublisher(config, service.engine().serdes());
    }

    /** While no broker answers, Kombo says so once; Kafka's clients would say so several times a second. */
    private static void warnOfConnections(Level level) {
        if (LoggerFactory.getLogger("org.apache.kafka.clients.NetworkClient") instanceof Logger clients) {
            clients.setLevel(level);
        }
    }

    @Override
    public void start() {
        Brokers.await(config);
        warnOfConnections(null);
        reporting(service::start);
    }

    @Override
    public void awaitRunning(Duration timeout) {
        reporting(() -> service.awaitRunning(timeout));
    }

    private static void reporting(Runnable work) {
        try {
            work.run();
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
        EngineContext engine = service.engine();
        QuerySources.MachineClock clock = new QuerySources.MachineClock(System::currentTimeMillis, System::nanoTime);
        return new QuerySources(
                new StreamsHealth(service, config.get(ApiSettings.READY_LAG), clock),
                new StreamsCluster(streams, service.applicationServer()),
                new LocalProfiles(streams, engine),
                new LocalReports(streams, engine.models()),
                engine,
                new OfferTail(config, engine),
                (topic, key, value) -> publisher.publish(engine.topics().name(topic), key, value),
                service.topology().describe(),
                clock,
                service.metrics()::scrape);
    }

    @Override
    public void close() {
        publisher.close();
        service.close();
    }
}
