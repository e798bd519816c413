package dev.kombo.query.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kombo.query.http.ApiToken.Role;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.staticfiles.Location;
import io.javalin.http.staticfiles.StaticFileConfig;
import io.javalin.json.JavalinJackson;
import io.javalin.util.JavalinException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves endpoints: authorises and parses requests, and writes responses and problems. Thread-safe. */
public final class ApiServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);

    /** Threads besides those for requests and streams: accepting, selecting, health. */
    private static final int SPARE_THREADS = 8;

    private static final byte[] NONE = {};

    /** Largest body of a page's request, which needs no token: browsers send no more once the page is left. */
    private static final int PAGE_BODY_BYTES = 64 << 10;

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
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final HttpSettings settings;
    private final AccessControl access;
    private final RequestLimits limits;
    private final BodyReader bodies;
    private final BodyReader pageBodies;
    private final Javalin server;

    private ApiServer(HttpSettings settings, List<Endpoint> endpoints, LongSupplier nanoTime) {
        this.settings = settings;
        this.access = new AccessControl(settings.tokens());
        this.limits = new RequestLimits(settings.ratePerSecond(), settings.concurrency(), nanoTime);
        this.bodies = new BodyReader(settings.bodyBytes(), nanoTime);
        this.pageBodies = new BodyReader(Math.min(settings.bodyBytes(), PAGE_BODY_BYTES), nanoTime);
        this.server = Javalin.create(config -> {
            configure(config);
            ProblemMapper.handle(config.routes);
            config.routes.before(ApiServer::protect);
            endpoints.forEach(endpoint -> add(endpoint, config.routes));
        });
    }

    /**
     * Starts to listen.
     *
     * @param nanoTime a monotonic clock, in nanoseconds
     * @throws CannotListenException if the address cannot be bound, or the certificate cannot be used
     */
    public static ApiServer start(HttpSettings settings, List<Endpoint> endpoints, LongSupplier nanoTime) {
        requireFree(settings);
        ApiServer api = new ApiServer(settings, endpoints, nanoTime);
        try {
            api.server.start();
        } catch (JavalinException e) {
            api.close();
            throw new CannotListenException(settings, e);
        }
        return api;
    }

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.prefer405over404 = true;
        config.staticFiles.add(ApiServer::page);
        config.jsonMapper(new JavalinJackson(new ObjectMapper(), false));
        QueuedThreadPool threads = new QueuedThreadPool(
                4 * settings.concurrency() + RequestLimits.MOST_STREAMS + SPARE_THREADS, LEAST_THREADS, IDLE_MILLIS);
        threads.setName("kombo-api");
        config.jetty.threadPool = threads;
        config.jetty.modifyHttpConfiguration(ApiServer::configure);
        config.jetty.modifyServer(jetty -> jetty.setErrorHandler(new ProblemMapper.MalformedRequests()));
        config.jetty.addConnector(this::connector);
    }

    /** The operators' page; it contains no figures, so that anyone may load it. */
    private static void page(StaticFileConfig files) {
        files.hostedPath = "/";
        files.directory = "/page";
        files.location = Location.CLASSPATH;
        files.headers = Map.of("Cache-Control", "no-cache");
    }

    private static void configure(HttpConfiguration http) {
        // Ids may contain any character; a slash arrives as %2F.
        http.setUriCompliance(ANY_ID);
        http.setSendServerVersion(false);
    }

    private Connector connector(Server jetty, HttpConfiguration http) {
        return Connectors.create(jetty, http, settings);
    }

    /** Fails early if the port is taken: Javalin would log a stack trace for this user's mistake. */
    private static void requireFree(HttpSettings settings) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(settings.host(), settings.port()));
        } catch (IOException e) {
            throw new CannotListenException(settings, e);
        }
    }

    private static void protect(Context context) {
        context.header("Content-Security-Policy", POLICY);
        context.header("X-Content-Type-Options", "nosniff");
        context.header("Referrer-Policy", "no-referrer");
        context.header("Cache-Control", "private, no-cache");
        context.header("Vary", "Accept-Encoding");
    }

    private void add(Endpoint endpoint, RoutesConfig routes) {
        Handler handler = context -> handle(endpoint, context);
        routes.addHttpHandler(HandlerType.findOrCreate(endpoint.method().name()), endpoint.path(), handler);
        if (endpoint.method() == Endpoint.Method.GET) {
            // By default Javalin answers HEAD with 200 to anybody, whatever GET would say, even while not ready.
            routes.addHttpHandler(HandlerType.HEAD, endpoint.path(), handler);
        }
    }

    private void handle(Endpoint endpoint, Context context) {
        String client = access.admit(context, endpoint);
        if (endpoint.role() == Role.ANYONE) {
            // Health must be answered while all slots are taken, or a busy instance would be killed.
            answer(endpoint, context, client, NONE);
            return;
        }
        boolean peer = peer(context);
        boolean page = endpoint.role() == Role.PAGE;
        if (page) {
            endpoint.gate().check(RequestParser.read(endpoint, context, client, NONE, more -> {}), context::header);
        }
        // A body that arrives slowly must not hold the slot of a request that could be answered.
        byte[] body = body(endpoint, context, page);
        RequestLimits.Place place =
                endpoint.streams() ? limits.takeForStream(client) : limits.take(page ? null : client, peer);
        try {
            answer(endpoint, context, client, body);
        } finally {
            place.giveBack();
        }
    }

    /**
     * Whether another instance sent the request. One with a wrong secret is refused, as it would take a part of a
     * response for the whole.
     */
    private boolean peer(Context context) {
        String shown = context.header(KomboHeaders.PEER);
        boolean peer = settings.fromPeer(shown);
        if (!peer && (shown != null || KomboHeaders.OF_PEERS.stream().anyMatch(name -> context.header(name) != null))) {
            throw new ApiException(
                    403,
                    "no-peer",
                    "Forbidden",
                    "only instances with the same kombo.api.peer.secret may send such requests");
        }
        return peer;
    }

    private byte[] body(Endpoint endpoint, Context context, boolean page) {
        if (endpoint.body().isEmpty()) {
            return NONE;
        }
        RequestLimits.Place place = limits.takeForBody(page);
        try {
            return (page ? pageBodies : bodies).read(context, endpoint.body());
        } finally {
            place.giveBack();
        }
    }

    private void answer(Endpoint endpoint, Context context, String client, byte[] body) {
        Request request = RequestParser.read(endpoint, context, client, body, more -> limits.charge(client, more));
        ResponseWriter.write(endpoint.handler().answer(request), context);
        if (endpoint.role() == Role.ADMIN && endpoint.method() != Endpoint.Method.GET) {
            // The id of a user to be erased must not be logged.
            String what = endpoint.path().startsWith("/v1/users/") ? endpoint.path() : context.path();
            LOG.info("{} {} by {}", endpoint.method(), what, client);
        }
    }

    /** The port that it listens on. */
    public int port() {
        return server.port();
    }

    /** Address for people and clients. */
    public String url() {
        String host = settings.host();
        return (settings.tls() == null ? "http://" : "https://") + (host.contains(":") ? "[" + host + "]" : host) + ":"
                + port();
    }

    /** Stops listening and ends its threads. Closing twice has no effect. */
    @Override
    public void close() {
        server.stop();
    }

    /** Thrown if the API could not be started; the message names the address and is written for people. */
    public static final class CannotListenException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public CannotListenException(String message, Throwable cause) {
            super(message, cause);
        }

        CannotListenException(HttpSettings settings, Throwable cause) {
            this(
                    "the query API cannot listen on " + settings.host() + ":" + settings.port() + ": "
                            + root(cause).getMessage(),
                    cause);
        }

        private static Throwable root(Throwable cause) {
            Throwable root = cause;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            return root;
        }
    }
}
