package dev.kombo.query;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.json.JavalinJackson;
import io.javalin.util.JavalinException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The HTTP API of one instance. Answers {@code GET} only, JSON; may be started before the service runs: until then it
 * answers 503. Thread-safe.
 */
public final class QueryApi implements AutoCloseable {
    private static final int MOST_THREADS = 16;
    private static final int LEAST_THREADS = 2;
    private static final int IDLE_MILLIS = 60_000;

    private final Javalin server;
    private final String host;

    private QueryApi(Javalin server, String host) {
        this.server = server;
        this.host = host;
    }

    /**
     * Starts to listen.
     *
     * @param host address to bind to
     * @param port port to bind to; 0: any free one
     * @throws QueryApiException when it cannot be bound
     */
    public static QueryApi start(String host, int port, QuerySources sources) {
        requireFree(host, port);
        Javalin server = Javalin.create(QueryApi::configure);
        Problems.handle(server);
        QueryRoutes.add(server, sources);
        try {
            server.start(host, port);
        } catch (JavalinException e) {
            server.stop();
            throw cannotListen(host, port, e);
        }
        return new QueryApi(server, host);
    }

    private static void configure(JavalinConfig config) {
        config.showJavalinBanner = false;
        config.startupWatcherEnabled = false;
        config.http.prefer405over404 = true;
        config.jsonMapper(new JavalinJackson(new ObjectMapper(), false));
        // Ids may hold a slash, which arrives as %2F.
        config.jetty.modifyHttpConfiguration(http -> http.setUriCompliance(UriCompliance.RFC3986));
        QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, LEAST_THREADS, IDLE_MILLIS);
        threads.setName("kombo-api");
        config.jetty.threadPool = threads;
    }

    /** Javalin would log a stack trace where the port is taken, which is a mistake and no failure. */
    private static void requireFree(String host, int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(host, port));
        } catch (IOException e) {
            throw cannotListen(host, port, e);
        }
    }

    private static QueryApiException cannotListen(String host, int port, Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return new QueryApiException(
                "the query API cannot listen on " + host + ":" + port + ": " + root.getMessage(), cause);
    }

    /** Address for people and clients. */
    public String url() {
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + server.port();
    }

    /** Stops to listen and ends its threads. Closing twice does nothing. */
    @Override
    public void close() {
        server.stop();
    }
}
