package dev.kombo.query.http;

import dev.kombo.config.ApiSettings;
import dev.kombo.config.KomboConfig;
import dev.kombo.ops.Causes;
import java.net.BindException;
import java.net.URL;
import java.util.List;
import java.util.function.LongSupplier;
import org.apache.kafka.common.utils.Utils;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ResourceHandler;
import org.eclipse.jetty.util.resource.ResourceFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves endpoints and the operators' page over HTTP. Thread-safe. */
public final class ApiServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);

    /** None of them waits for a client or a handler. */
    private static final int MOST_THREADS = 16;

    private static final int LEAST_THREADS = 4;
    private static final int IDLE_MILLIS = 60_000;
    private static final UriCompliance ANY_ID = UriCompliance.DEFAULT.with(
            "ANY_ID",
            UriCompliance.Violation.AMBIGUOUS_EMPTY_SEGMENT,
            UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING,
            UriCompliance.Violation.AMBIGUOUS_PATH_PARAMETER,
            UriCompliance.Violation.AMBIGUOUS_PATH_SEGMENT,
            UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
            UriCompliance.Violation.SUSPICIOUS_PATH_CHARACTERS);

    private final KomboConfig config;
    private final Server server;
    private final ServerConnector connector;

    private ApiServer(KomboConfig config, List<Endpoint> endpoints, LongSupplier nanoTime) {
        this.config = config;
        QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, LEAST_THREADS, IDLE_MILLIS);
        threads.setName("kombo-api");
        server = new Server(threads);
        server.setErrorHandler(new ProblemMapper());
        server.setHandler(new Router(config, endpoints, page(server), nanoTime));
        HttpConfiguration http = new HttpConfiguration();
        // Ids may contain any character; a slash arrives as %2F.
        http.setUriCompliance(ANY_ID);
        // A proxy that reads a lone line feed as another end of a line would see other requests than this server.
        http.setHttpCompliance(HttpCompliance.STRICT);
        http.setSendServerVersion(false);
        connector = Connectors.create(server, http, config);
        server.addConnector(connector);
    }

    /**
     * Starts to listen.
     *
     * @param nanoTime a monotonic clock, in nanoseconds
     * @throws CannotListenException if the address cannot be bound, or the certificate cannot be used
     */
    public static ApiServer start(KomboConfig config, List<Endpoint> endpoints, LongSupplier nanoTime) {
        ApiServer api = new ApiServer(config, endpoints, nanoTime);
        try {
            api.connector.open();
            api.server.start();
        } catch (Exception e) {
            api.close();
            throw new CannotListenException(config, e);
        }
        return api;
    }

    /** Serves the operators' page; it contains no figures, so that anyone may load it. */
    private static Handler page(Server server) {
        ResourceHandler files = new ResourceHandler();
        URL folder = ApiServer.class.getResource("/page");
        files.setBaseResource(ResourceFactory.of(server).newResource(folder));
        files.setDirAllowed(false);
        files.setEtags(true);
        files.setCacheControl("no-cache");
        return files;
    }

    /** The port that it listens on. */
    public int port() {
        return connector.getLocalPort();
    }

    /** Address for people and clients. */
    public String url() {
        return (config.get(ApiSettings.KEYSTORE).isEmpty() ? "http://" : "https://")
                + Utils.formatAddress(config.get(ApiSettings.HOST), port());
    }

    /** Stops listening and ends its threads. Closing twice has no effect. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            LOG.warn("The query API did not stop cleanly", e);
        }
        connector.close();
    }

    /** Thrown if the API could not be started; the message names the address and is written for people. */
    public static final class CannotListenException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public CannotListenException(String message, Throwable cause) {
            super(message, cause);
        }

        CannotListenException(KomboConfig config, Throwable cause) {
            this(
                    "the query API cannot listen on " + config.get(ApiSettings.HOST) + ":"
                            + config.get(ApiSettings.PORT) + ": "
                            + Causes.rootOf(cause).getMessage(),
                    cause);
        }

        /** Whether another port would help. */
        public boolean portTaken() {
            return Causes.rootOf(this) instanceof BindException;
        }
    }
}
