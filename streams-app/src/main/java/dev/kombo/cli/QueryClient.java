package dev.kombo.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kombo.console.CommandException;
import dev.kombo.console.QueryOptions;
import dev.kombo.query.http.KeyStores;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.net.ssl.SSLHandshakeException;
import org.eclipse.jetty.http.HttpStatus;

/** Client of the query API of a running instance. */
final class QueryClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(5);
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(30);
    private static final int MOST_WAITS = 60;
    private static final long WAIT_MILLIS = 1_000;

    private final String url;
    private final String token;
    private final HttpClient client;

    /** A client of the API at the given address, with the given token. */
    QueryClient(QueryOptions query) {
        this.token = query.token();
        this.url = query.url.replaceFirst("/$", "");
        this.client = client(query.authority());
    }

    private static HttpClient client(Path authority) {
        HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(LONGEST_CONNECT);
        try {
            return authority == null
                    ? builder.build()
                    : builder.sslContext(KeyStores.trusting(authority, null)).build();
        } catch (GeneralSecurityException | IOException e) {
            throw CommandException.mistake("--cacert " + authority + " cannot be used: " + e.getMessage());
        }
    }

    /** Encodes an id as a segment of a path. */
    static String path(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Returns a field as text; empty if there is none. */
    static String text(JsonNode document, String field) {
        return document.path(field).asText();
    }

    /** Formats a field with epoch milliseconds. */
    static String time(JsonNode document, String field) {
        return Instant.ofEpochMilli(document.path(field).asLong()).toString();
    }

    /** Formats the elements of an array, separated by commas. */
    static String joined(JsonNode array, Function<JsonNode, String> element) {
        return array.valueStream().map(element).collect(Collectors.joining(", "));
    }

    /** Status and document of a response. */
    record Reply(int status, JsonNode body) {
        /** Whether the request succeeded. */
        boolean done() {
            return status == HttpStatus.OK_200 || status == HttpStatus.ACCEPTED_202;
        }
    }

    /**
     * Returns the document at a path.
     *
     * @throws CommandException if there is no response, or with the message of a problem document
     */
    JsonNode get(String path) throws InterruptedException {
        return expect(send("GET", path, null, ""));
    }

    /**
     * Returns the document of a successful response.
     *
     * @throws CommandException with the message of its problem document otherwise
     */
    JsonNode expect(Reply reply) {
        if (reply.done()) {
            return reply.body();
        }
        String detail = reply.body().path("detail").asText("HTTP status " + reply.status());
        throw CommandException.failure(url + " answers: " + detail);
    }

    /**
     * Sends a request; while the instance answers that the client sends too many, waits and tries again.
     *
     * @param type of the body; null: there is none
     * @throws CommandException if there is no response
     */
    Reply send(String method, String path, String type, String body) throws InterruptedException {
        HttpRequest request;
        try {
            HttpRequest.Builder question = HttpRequest.newBuilder(URI.create(url + path))
                    .timeout(LONGEST_ANSWER)
                    .method(method, type == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
            if (type != null) {
                question.header("Content-Type", type);
            }
            if (token != null) {
                question.header("Authorization", "Bearer " + token);
            }
            request = question.build();
        } catch (IllegalArgumentException e) {
            throw CommandException.mistake("--url " + url + " is not an HTTP address");
        }
        try {
            HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
            for (int i = 0; i < MOST_WAITS && response.statusCode() == HttpStatus.TOO_MANY_REQUESTS_429; i++) {
                Thread.sleep(WAIT_MILLIS);
                response = client.send(request, BodyHandlers.ofByteArray());
            }
            return new Reply(response.statusCode(), JSON.readTree(response.body()));
        } catch (SSLHandshakeException e) {
            throw CommandException.failure(
                    "the certificate of " + url + " is not trusted: --cacert names the file of its authority ("
                            + e.getMessage() + ")",
                    e);
        } catch (IOException e) {
            String reason = e.getMessage() == null ? "" : ": " + e.getMessage();
            throw CommandException.failure("no Kombo answers at " + url + reason, e);
        }
    }
}
