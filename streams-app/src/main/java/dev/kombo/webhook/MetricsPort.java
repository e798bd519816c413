package dev.kombo.webhook;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Utils;
import org.eclipse.jetty.http.HttpStatus;

/** Serves metrics at {@code /metrics}, without authentication: they contain only numbers. */
public final class MetricsPort implements AutoCloseable {
    private final HttpServer server;

    /**
     * Starts to listen.
     *
     * @param address host:port; empty: nowhere
     * @param metrics in the text format of Prometheus
     * @throws IOException if it cannot be bound
     */
    public MetricsPort(String address, Supplier<String> metrics) throws IOException {
        if (address.isEmpty()) {
            server = null;
            return;
        }
        server = HttpServer.create(new InetSocketAddress(Utils.getHost(address), Utils.getPort(address)), 0);
        server.createContext("/metrics", exchange -> {
            try (exchange) {
                byte[] body = metrics.get().getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
                exchange.sendResponseHeaders(HttpStatus.OK_200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
    }

    /** Its address for people; empty if it does not listen. */
    public String url() {
        return server == null
                ? ""
                : "http://" + server.getAddress().getHostString() + ":"
                        + server.getAddress().getPort() + "/metrics";
    }

    @Override
    public void close() {
        if (server != null) {
            server.stop(0);
        }
    }
}
