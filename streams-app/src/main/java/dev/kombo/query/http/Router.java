package dev.kombo.query.http;

import dev.kombo.config.ApiSettings;
import dev.kombo.config.ApiToken.Role;
import dev.kombo.config.KomboConfig;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes requests to their endpoints. Threads of Jetty admit a request and read its body as it arrives; a handler runs
 * on a thread of its own once its request has a slot, and the slot is held until the response is written. No thread
 * waits for a client, except those of streams. Thread-safe.
 */
final class Router extends Handler.Wrapper {
    private static final Logger LOG = LoggerFactory.getLogger(Router.class);

    /** Largest body of a page's request, which needs no token: browsers send no more once the page is left. */
    private static final int PAGE_BODY_BYTES = 64 << 10;

    /** Within them a page's body must begin: a page sends it with the request. */
    private static final int PAGE_GRACE_SECONDS = 1;

    private static final int GRACE_SECONDS = 3;

    /** How many of the largest bodies may be arriving at a time, for each request that is processed at a time. */
    private static final long BODIES_PER_SLOT = 4;

    private static final int VITAL_THREADS = 4;

    /** The paths of files, which hide nothing behind an encoding: folders are not listed. */
    private static final Pattern FILE = Pattern.compile("/|(/[A-Za-z0-9_-][A-Za-z0-9._-]*)+");

    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self';"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final String peerSecret;
    private final List<Route> routes;
    private final ClientAddresses clients;
    private final AccessControl access;
    private final RequestLimits limits;
    private final BodyReader bodies;
    private final BodyReader pageBodies;

    /** As many threads as slots are taken. */
    private final ExecutorService workers = Executors.newCachedThreadPool(task -> new Thread(task, "kombo-api-worker"));

    private final ExecutorService vital =
            Executors.newFixedThreadPool(VITAL_THREADS, task -> new Thread(task, "kombo-api-health"));

    /**
     * @param files serves the files of the operators' page
     * @param nanoTime a monotonic clock, in nanoseconds
     */
    Router(KomboConfig config, List<Endpoint> endpoints, Handler files, LongSupplier nanoTime) {
        super(files);
        this.peerSecret = config.get(ApiSettings.PEER_SECRET);
        this.routes = endpoints.stream().map(Route::new).toList();
        this.clients = new ClientAddresses(config.get(ApiSettings.PROXIES));
        this.access = new AccessControl(config.get(ApiSettings.TOKENS));
        this.limits = new RequestLimits(config.get(ApiSettings.RATE), config.get(ApiSettings.CONCURRENCY), nanoTime);
        int most = config.get(ApiSettings.BODY);
        long together = BODIES_PER_SLOT * config.get(ApiSettings.CONCURRENCY);
        int ofPage = Math.min(most, PAGE_BODY_BYTES);
        this.bodies = new BodyReader(most, GRACE_SECONDS, new BodyBytes(together * most), nanoTime);
        // Of their own, so that a page holds up only pages.
        this.pageBodies = new BodyReader(ofPage, PAGE_GRACE_SECONDS, new BodyBytes(together * ofPage), nanoTime);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        response.getHeaders()
                .put("Content-Security-Policy", POLICY)
                .put("X-Content-Type-Options", "nosniff")
                .put("Referrer-Policy", "no-referrer")
                .put("Vary", "Accept-Encoding");
        ResponseWriter writer = new ResponseWriter(request, response, callback);
        Endpoint endpoint = null;
        try {
            requireKnownCoding(request);
            Map<String, String> inPath = new HashMap<>();
            endpoint = endpointOf(request, inPath);
            if (endpoint != null) {
                response.getHeaders().put("Cache-Control", "private, no-cache");
                admit(endpoint, inPath, writer);
            } else {
                limits.requireRate(clients.of(request));
                if (!readsFile(request) || !super.handle(request, response, callback)) {
                    throw new ApiException(
                            HttpStatus.NOT_FOUND_404, "unknown-path", "Not found", "this path does not exist");
                }
            }
        } catch (RuntimeException e) {
            if (endpoint == null || endpoint.role() == Role.ANYONE) {
                // Whatever else the client has sent ahead is not worth an answer.
                response.getHeaders().put("Connection", "close");
            }
            writer.fail(e);
        }
        return true;
    }

    /** Refuses a transfer coding that would not be undone, so that the body would be taken for something else. */
    private static void requireKnownCoding(Request request) {
        for (HttpField coding : request.getHeaders().getFields(HttpHeader.TRANSFER_ENCODING)) {
            if (!HttpHeaderValue.CHUNKED.is(coding.getValue())) {
                throw new ApiException(
                        HttpStatus.NOT_IMPLEMENTED_501,
                        "unknown-coding",
                        "Not implemented",
                        "chunked is the only transfer coding, found " + coding.getValue());
            }
        }
    }

    private static boolean readsFile(Request request) {
        String method = request.getMethod();
        return (HttpMethod.GET.is(method) || HttpMethod.HEAD.is(method))
                && FILE.matcher(request.getHttpURI().getPath()).matches();
    }

    /** Returns the endpoint of a request, or null if no endpoint has its path. HEAD is answered as GET would be. */
    private Endpoint endpointOf(Request request, Map<String, String> inPath) {
        String[] path = request.getHttpURI().getPath().split("/");
        String method = HttpMethod.HEAD.is(request.getMethod()) ? "GET" : request.getMethod();
        Set<String> allowed = new LinkedHashSet<>();
        for (Route route : routes) {
            if (route.matches(path, inPath)) {
                String allows = route.endpoint().method().name();
                if (allows.equals(method)) {
                    return route.endpoint();
                }
                allowed.addAll(allows.equals("GET") ? List.of("GET", "HEAD") : List.of(allows));
            }
        }
        if (allowed.isEmpty()) {
            return null;
        }
        throw new ApiException(
                        HttpStatus.METHOD_NOT_ALLOWED_405,
                        "http",
                        "Refused",
                        "this path does not allow " + request.getMethod())
                .header("Allow", String.join(", ", allowed));
    }

    /** An endpoint with the segments of its path. */
    private record Route(Endpoint endpoint, String[] segments) {
        Route(Endpoint endpoint) {
            this(endpoint, endpoint.path().split("/"));
        }

        /** Whether a path is this endpoint's; then its parameters are put into the map. */
        boolean matches(String[] path, Map<String, String> parameters) {
            if (segments.length != path.length) {
                return false;
            }
            parameters.clear();
            for (int i = 0; i < path.length; i++) {
                if (segments[i].startsWith("{")) {
                    parameters.put(
                            segments[i].substring(1, segments[i].length() - 1),
                            URLDecoder.decode(path[i].replace("+", "%2B"), StandardCharsets.UTF_8));
                } else if (!segments[i].equals(path[i])) {
                    return false;
                }
            }
            return true;
        }
    }

    private void admit(Endpoint endpoint, Map<String, String> inPath, ResponseWriter writer) {
        Request request = writer.request();
        Client client = access.admit(request.getHeaders(), clients.of(request), endpoint);
        boolean peer = endpoint.role() != Role.ANYONE && peer(request);
        boolean health = endpoint.vital() && endpoint.role() == Role.ANYONE;
        if (endpoint.role() != Role.PAGE && !health) {
            limits.requireRate(client);
        }
        var parsed = RequestParser.read(endpoint, request, inPath, client, more -> limits.charge(client, more));
        Client holder = client;
        if (endpoint.role() == Role.PAGE) {
            holder = endpoint.gate().check(parsed, writer.response().getHeaders()::put);
        }
        if (peer || clients.unnamed(request)) {
            // One address stands for many clients.
            holder = null;
        }
        Client counted = holder;
        if (endpoint.body().isEmpty()) {
            run(
                    endpoint,
                    parsed,
                    writer,
                    health ? null : limits.slots(endpoint, peer).take(counted));
            return;
        }
        BodyReader reader = endpoint.role() == Role.PAGE ? pageBodies : bodies;
        reader.check(request.getHeaders(), endpoint.body());
        CompletableFuture<byte[]> unused = reader.read(request, counted).whenComplete((bytes, failure) -> {
            try {
                if (failure != null) {
                    throw failure;
                }
                run(
                        endpoint,
                        parsed.withBody(bytes),
                        writer,
                        limits.slots(endpoint, peer).take(counted));
            } catch (Throwable e) {
                writer.fail(e);
            }
        });
    }

    /**
     * Whether another instance sent the request. One with a wrong secret is refused, as it would take a part of a
     * response for the whole.
     */
    private boolean peer(Request request) {
        String shown = request.getHeaders().get(KomboHeaders.PEER);
        boolean peer = peerSecret != null
                && shown != null
                && MessageDigest.isEqual(
                        peerSecret.getBytes(StandardCharsets.UTF_8), shown.getBytes(StandardCharsets.UTF_8));
        if (!peer && (shown != null || KomboHeaders.OF_PEERS.stream().anyMatch(request.getHeaders()::contains))) {
            throw new ApiException(
                    HttpStatus.FORBIDDEN_403,
                    "no-peer",
                    "Forbidden",
                    "only instances with the same kombo.api.peer.secret may send such requests");
        }
        return peer;
    }

    /** Runs the handler; the slot is held until the response is written. */
    private void run(Endpoint endpoint, dev.kombo.query.http.Request request, ResponseWriter writer, Runnable slot) {
        if (slot != null) {
            Request.addCompletionListener(writer.request(), unused -> slot.run());
        }
        Future<?> work = (endpoint.vital() ? vital : workers).submit(() -> {
            try {
                writer.write(endpoint.handler().apply(request));
            } catch (RuntimeException | Error e) {
                writer.fail(e);
                return;
            }
            if (endpoint.role() == Role.ADMIN && endpoint.method() != Endpoint.Method.GET) {
                // The id of a user to be erased must not be logged.
                String path = writer.request().getHttpURI().getPath();
                String what = endpoint.path().startsWith("/v1/users/") ? endpoint.path() : path;
                LOG.info(
                        "{} {} by {}", endpoint.method(), what, request.client().name());
            }
        });
        if (endpoint.streams()) {
            writer.endWhenClientLeaves(work);
        }
    }

    @Override
    protected void doStop() throws Exception {
        workers.shutdownNow();
        vital.shutdownNow();
        super.doStop();
    }
}
