package dev.kombo.query.cluster;

import dev.kombo.query.http.ApiException;
import dev.kombo.query.http.ApiResponse;
import dev.kombo.query.http.KomboHeaders;
import dev.kombo.query.http.Request;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * Forwards requests to other instances with the client's own token. An instance that did not answer is skipped for a
 * moment, so that not every request waits for it. Thread-safe.
 */
public final class Peers {
    private static final long PAUSE_NANOS = 2_000_000_000L;
    private static final List<String> PASSED_ON = List.of("authorization", "accept");
    private static final List<String> PASSED_BACK = List.of(KomboHeaders.OWNER, KomboHeaders.STALE, "Retry-After");

    private final Supplier<SSLContext> tls;
    private final Duration timeout;
    private final String secret;
    private final LongSupplier nanoTime;
    private final Map<Address, Long> silentUntil = new ConcurrentHashMap<>();
    private SSLContext trusted;
    private HttpClient client;

    /**
     * @param tls what is trusted as other instances' certificate, which may change; null: they use plain HTTP
     * @param timeout longest wait for a response
     * @param secret shared by the instances; null: they treat the request as a client's
     */
    public Peers(Supplier<SSLContext> tls, Duration timeout, String secret, LongSupplier nanoTime) {
        this.tls = tls;
        this.timeout = timeout;
        this.secret = secret;
        this.nanoTime = nanoTime;
    }

    private synchronized HttpClient client() {
        SSLContext now = tls == null ? null : tls.get();
        if (client == null || now != trusted) {
            HttpClient.Builder builder = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(timeout)
                    .followRedirects(HttpClient.Redirect.NEVER);
            if (now != null) {
                builder.sslContext(now);
            }
            trusted = now;
            client = builder.build();
        }
        return client;
    }

    /**
     * Returns another instance's response to a request.
     *
     * @param more headers to send along
     * @throws IOException if it does not answer in time
     */
    ApiResponse ask(Address peer, Request request, Map<String, String> more) throws IOException {
        Long until = silentUntil.get(peer);
        if (until != null && nanoTime.getAsLong() - until < 0) {
            throw new IOException(peer + " did not respond a moment ago");
        }
        try {
            HttpResponse<byte[]> response = client().send(question(peer, request, more), BodyHandlers.ofByteArray());
            silentUntil.remove(peer);
            return answer(response);
        } catch (IOException e) {
            silentUntil.put(peer, nanoTime.getAsLong() + PAUSE_NANOS);
            throw new IOException(peer + " does not respond: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while asking " + peer, e);
        }
    }

    private HttpRequest question(Address peer, Request request, Map<String, String> more) {
        URI uri;
        try {
            uri = URI.create((tls == null ? "http" : "https") + "://" + peer + request.target());
        } catch (IllegalArgumentException e) {
            throw ApiException.badField("path", "the path has characters that must be encoded");
        }
        HttpRequest.Builder question = HttpRequest.newBuilder(uri).timeout(timeout);
        for (String name : PASSED_ON) {
            request.header(name).ifPresent(value -> question.header(name, value));
        }
        more.forEach(question::header);
        if (secret != null) {
            question.header(KomboHeaders.PEER, secret);
        }
        return question.method(request.method(), HttpRequest.BodyPublishers.noBody())
                .build();
    }

    private static ApiResponse answer(HttpResponse<byte[]> response) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String name : PASSED_BACK) {
            response.headers().firstValue(name).ifPresent(value -> headers.put(name, value));
        }
        String type = response.headers().firstValue("Content-Type").orElse("application/octet-stream");
        return new ApiResponse(response.statusCode(), new ApiResponse.Content(type, response.body()), headers);
    }
}
