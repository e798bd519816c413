package dev.kombo.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP server that gives prepared answers in order and records its requests. */
final class ScriptedRegistry implements AutoCloseable {

    /** A recorded request. */
    record Request(String line, String body, String authorization, String contentType) {}

    private record Answer(int status, String body, boolean stalls) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Queue<Answer> answers = new ArrayDeque<>();
    private final List<Request> requests = new ArrayList<>();

    ScriptedRegistry() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    synchronized ScriptedRegistry answer(int status, String body) {
        answers.add(new Answer(status, body, false));
        return this;
    }

    /** An answer that sends headers but never ends its body. */
    synchronized ScriptedRegistry stall() {
        answers.add(new Answer(200, "{", true));
        return this;
    }

    synchronized List<Request> requests() {
        return List.copyOf(requests);
    }

    String url() {
        return "http://127.0.0.1:" + port();
    }

    int port() {
        return server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        Answer answer = record(exchange);
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), answer.stalls() ? body.length + 1000L : body.length);
        OutputStream out = exchange.getResponseBody();
        out.write(body);
        out.flush();
        if (!answer.stalls()) {
            exchange.close();
        }
    }

    private synchronized Answer record(HttpExchange exchange) throws IOException {
        requests.add(new Request(
                exchange.getRequestMethod() + " " + exchange.getRequestURI(),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                exchange.getRequestHeaders().getFirst("Authorization"),
                exchange.getRequestHeaders().getFirst("Content-Type")));
        Answer answer = answers.poll();
        return answer == null ? new Answer(418, "{\"message\":\"no answer was prepared\"}", false) : answer;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
