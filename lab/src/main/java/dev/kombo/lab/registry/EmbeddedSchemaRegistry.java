package dev.kombo.lab.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A schema registry for embedded runs that speaks the core of Confluent's REST protocol on 127.0.0.1. Its state lies in
 * a directory, so ids survive a restart and stored bytes stay readable. May be used by any number of clients.
 */
public final class EmbeddedSchemaRegistry implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedSchemaRegistry.class);
    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final int LARGEST_BODY = 1 << 20;
    private static final int THREADS = 4;
    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    static {
        // The server sends headers and body apart; with Nagle's algorithm each answer then waits 40 ms for an
        // acknowledgement. The property is read when the first server of the process is made.
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
    }

    private final RegistryRoutes routes;
    private final HttpServer server;
    private final ExecutorService threads;

    private EmbeddedSchemaRegistry(PersistentRegistry registry, HttpServer server) {
        this.routes = new RegistryRoutes(registry);
        this.server = server;
        this.threads = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "schema-registry");
            thread.setDaemon(true);
            return thread;
        });
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    /**
     * Starts a registry.
     *
     * @param directory where its state lies; made if need be; of this registry alone while it runs
     * @param port port on 127.0.0.1; 0: any that is free
     * @throws UncheckedIOException where the directory or the port cannot be used
     */
    public static EmbeddedSchemaRegistry start(Path directory, int port) {
        try {
            PersistentRegistry registry = new PersistentRegistry(directory);
            return new EmbeddedSchemaRegistry(
                    registry, HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot start a schema registry in " + directory + " on port " + port + ": " + e.getMessage(), e);
        }
    }

    /** The address for {@code schema.registry.url}. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Stops; everything that was answered is in the file already. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            try {
                send(exchange, 200, routes.answer(request(exchange)));
            } catch (RegistryError e) {
                send(exchange, e.status(), error(e.code(), e.getMessage()));
            } catch (RuntimeException e) {
                LOG.error("{} {} failed", exchange.getRequestMethod(), exchange.getRequestURI(), e);
                send(exchange, 500, error(50001, "Error in the backend data store: " + e.getMessage()));
            }
        }
    }

    private static Map<String, Object> error(int code, String message) {
        return Map.of("error_code", code, "message", message);
    }

    private static void send(HttpExchange exchange, int status, Object document) throws IOException {
        byte[] body = RegistryRoutes.JSON.writeValueAsBytes(document);
        exchange.getResponseHeaders().set("Content-Type", CONTENT_TYPE);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private static RegistryRoutes.Request request(HttpExchange exchange) throws IOException {
        List<String> path = new ArrayList<>();
        for (String segment : exchange.getRequestURI().getRawPath().split("/", -1)) {
            if (!segment.isEmpty()) {
                // In a path, unlike in a form, a plus is a plus.
                path.add(URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8));
            }
        }
        return new RegistryRoutes.Request(
                exchange.getRequestMethod(), path, query(exchange.getRequestURI()), body(exchange));
    }

    private static Map<String, String> query(URI uri) {
        Map<String, String> parameters = new HashMap<>();
        if (uri.getRawQuery() != null) {
            for (String pair : uri.getRawQuery().split("&", -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    parameters.put(pair.substring(0, equals), pair.substring(equals + 1));
                }
            }
        }
        return parameters;
    }

    private static JsonNode body(HttpExchange exchange) throws IOException {
        byte[] bytes = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
        if (bytes.length == 0) {
            return MissingNode.getInstance();
        }
        if (bytes.length > LARGEST_BODY) {
            throw new RegistryError(422, 42209, "Schema is too large: more than " + LARGEST_BODY + " bytes");
        }
        try {
            return RegistryRoutes.JSON.readTree(bytes);
        } catch (JsonProcessingException e) {
            throw new RegistryError(400, 400, "Not a JSON document: " + e.getOriginalMessage());
        }
    }
}
