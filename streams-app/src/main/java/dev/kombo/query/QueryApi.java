package dev.kombo.query;

import dev.kombo.config.ApiSettings;
import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.query.cluster.Owners;
import dev.kombo.query.cluster.PeerTrust;
import dev.kombo.query.cluster.Peers;
import dev.kombo.query.http.ApiServer;
import dev.kombo.query.http.ApiServer.CannotListenException;
import dev.kombo.query.page.LiveOffers;
import dev.kombo.query.shopper.Previews;
import dev.kombo.query.source.QuerySources;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

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
                peerTrust(config),
                timeout,
                config.get(ApiSettings.PEER_SECRET),
                sources.clock().nanos());
        Owners owners = new Owners(sources.cluster(), config.get(ServiceSettings.TOPIC_PARTITIONS), peers);
        Previews previews = new Previews(sources.engine());
        LiveOffers live = new LiveOffers(
                sources.offers(), sources.catalog(), sources.clock().nanos());
        return new QueryApi(
                ApiServer.start(
                        config,
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

    /** Returns what is trusted as other instances' certificate; null if they use plain HTTP. */
    private static Supplier<SSLContext> peerTrust(KomboConfig config) {
        if (config.get(ApiSettings.KEYSTORE).isEmpty()) {
            return null;
        }
        String truststore = config.get(ApiSettings.TRUSTSTORE);
        if (truststore.isEmpty()) {
            return QueryApi::trustedByJava;
        }
        return new PeerTrust(Path.of(truststore), config.get(ApiSettings.TRUSTSTORE_PASSWORD), System::nanoTime);
    }

    private static SSLContext trustedByJava() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has a default", e);
        }
    }
}
