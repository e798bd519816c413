package dev.kombo.query;

import dev.kombo.config.ApiSettings;
import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.query.cluster.Owners;
import dev.kombo.query.cluster.Peers;
import dev.kombo.query.http.ApiServer;
import dev.kombo.query.http.ApiServer.CannotListenException;
import java.time.Duration;

/** The HTTP API of one instance. It may be started before the service runs: until then it answers 503. Thread-safe. */
public final class QueryApi implements AutoCloseable {
    private final ApiServer server;
    private final LiveOffers live;

    private QueryApi(ApiServer server, LiveOffers live) {
        this.server = server;
        this.live = live;
    }

    /**
     * Starts to listen.
     *
     * @throws CannotListenException if the address cannot be bound, or the certificate cannot be used
     */
    public static QueryApi start(KomboConfig config, QuerySources sources) {
        Duration timeout = Duration.ofMillis(config.get(ApiSettings.FORWARD_TIMEOUT));
        Peers peers = new Peers(
                ApiConfig.peerTrust(config),
                timeout,
                config.get(ApiSettings.PEER_SECRET),
                sources.clock().nanos());
        Owners owners = new Owners(sources.cluster(), config.get(ServiceSettings.TOPIC_PARTITIONS), peers);
        Previews previews = new Previews(sources.engine());
        LiveOffers live = new LiveOffers(
                sources.offers(),
                sources.engine().models().catalog(),
                sources.clock().nanos());
        return new QueryApi(
                ApiServer.start(
                        ApiConfig.http(config),
                        QueryRoutes.of(sources, owners, previews, live),
                        sources.clock().nanos()),
                live);
    }

    /** Address for people and clients. */
    public String url() {
        return server.url();
    }

    /** Ends streams, stops listening and ends its threads. Closing twice has no effect. */
    @Override
    public void close() {
        live.close();
        server.close();
    }
}
