package dev.kombo.serde;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.DoubleSupplier;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends requests to a registry that has one or more addresses, and answers with JSON. A failure that may pass (no
 * connection, time-out, HTTP 429 or 5xx) sends the request to the next address at once; when all have failed it waits
 * as {@link Backoff} says and starts again, until the retries are used up. Every request of the registry protocol that
 * is sent here may be repeated without harm. May be used by any number of threads.
 */
final class RegistryTransport {

    private static final Logger LOG = LoggerFactory.getLogger(RegistryTransport.class);
    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final int LONGEST_QUOTE = 200;

    static final ObjectMapper JSON = new ObjectMapper();

    private final List<RegistryAddress> addresses;
    private final HttpClient http;
    private final Duration readTimeout;
    private final Backoff backoff;
    private final Backoff.Sleeper sleeper;
    private final DoubleSupplier uniform;

    /** Index of the address that answered last; a race between threads costs at most one request to another address. */
    private volatile int preferred;

    RegistryTransport(List<RegistryAddress> addresses, AvroSettings settings) {
        this(addresses, settings, Thread::sleep, () -> ThreadLocalRandom.current()
                .nextDouble());
    }

    RegistryTransport(
            List<RegistryAddress> addresses, AvroSettings settings, Backoff.Sleeper sleeper, DoubleSupplier uniform) {
        this.addresses = List.copyOf(addresses);
        this.readTimeout = Duration.ofMillis(settings.getInt(AvroSettings.READ_TIMEOUT_MS));
        this.backoff = new Backoff(
                settings.getInt(AvroSettings.MAX_RETRIES),
                settings.getLong(AvroSettings.RETRIES_WAIT_MS),
                settings.getLong(AvroSettings.RETRIES_MAX_WAIT_MS));
        this.sleeper = sleeper;
        this.uniform = uniform;
        // HTTP/2 over plain text begins with an upgrade request, which some proxies in front of registries refuse.
        HttpClient.Builder client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofMillis(settings.getInt(AvroSettings.CONNECT_TIMEOUT_MS)));
        RegistryTls.configure(client, settings);
        this.http = client.build();
    }

    /**
     * Reads a resource.
     *
     * @param path encoded path with a leading slash
     * @param purpose what it is for, in the words of an error message: "cannot " + purpose
     */
    JsonNode get(String path, String purpose) {
        return exchange(path, null, purpose);
    }

    /** Posts a JSON document; parameters as of {@link #get}. */
    JsonNode post(String path, JsonNode document, String purpose) {
        return exchange(path, document.toString(), purpose);
    }

    private JsonNode exchange(String path, String body, String purpose) {
        for (int retry = 0; ; retry++) {
            SchemaRegistryException failure = null;
            int first = preferred;
            for (int i = 0; i < addresses.size(); i++) {
                int index = (first + i) % addresses.size();
                try {
                    JsonNode answer = attempt(addresses.get(index), path, body, purpose);
                    preferred = index;
                    return answer;
                } catch (SchemaRegistryException e) {
                    if (!e.retriable()) {
                        throw e;
                    }
                    failure = e;
                }
            }
            if (retry == backoff.retries()) {
                throw failure;
            }
            pause(retry, failure);
        }
    }

    private void pause(int retry, SchemaRegistryException failure) {
        long waitMs = backoff.waitMs(retry, uniform.getAsDouble());
        LOG.warn("{}; retry {} of {} in {} ms", failure.getMessage(), retry + 1, backoff.retries(), waitMs);
        try {
            sleeper.sleep(waitMs);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private JsonNode attempt(RegistryAddress address, String path, String body, String purpose) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address.resolve(path)).header("Accept", CONTENT_TYPE + ", application/json");
        if (address.authorization() != null) {
            request.header("Authorization", address.authorization());
        }
        if (body != null) {
            request.header("Content-Type", CONTENT_TYPE).POST(BodyPublishers.ofString(body));
        }
        String what = "cannot " + purpose + " at " + address;
        return read(send(request.build(), what), what);
    }

    /** Waits for the whole answer: the request's own time-out ends with the headers and lets a stalled body hang. */
    private HttpResponse<String> send(HttpRequest request, String what) {
        CompletableFuture<HttpResponse<String>> answer = http.sendAsync(request, BodyHandlers.ofString());
        try {
            return answer.get(readTimeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw noAnswer(what, "none within " + readTimeout.toMillis() + " ms", e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            RegistryTls.certificateFault(cause).ifPresent(fault -> {
                throw untrusted(what, fault, cause);
            });
            String reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
            throw noAnswer(what, reason, cause);
        } catch (InterruptedException e) {
            answer.cancel(true);
            throw new InterruptException(e);
        }
    }

    private static SchemaRegistryException noAnswer(String what, String reason, Throwable cause) {
        return new SchemaRegistryException(what + ": no answer: " + reason, 0, 0, true, cause);
    }

    /** No number of retries makes a certificate a better one. */
    private static SchemaRegistryException untrusted(String what, String fault, Throwable cause) {
        return new SchemaRegistryException(
                what + ": its certificate is not accepted: " + fault + " (" + AvroSettings.PREFIX
                        + SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG + " says what is trusted)",
                0,
                0,
                false,
                cause);
    }

    private static JsonNode read(HttpResponse<String> response, String what) {
        int status = response.statusCode();
        JsonNode answer = parse(response.body());
        if (status == 200) {
            if (answer == null) {
                throw SchemaRegistryException.refused(
                        what + ": HTTP 200, but not JSON: " + quote(response.body()), status, 0);
            }
            return answer;
        }
        int errorCode = answer == null ? 0 : answer.path("error_code").asInt(0);
        String message = answer == null ? "" : answer.path("message").asText("");
        String text = message.isBlank() ? quote(response.body()) : message;
        String code = errorCode == 0 || errorCode == status ? "" : " (error " + errorCode + ")";
        boolean retriable = status == 429 || status >= 500;
        throw new SchemaRegistryException(
                what + ": HTTP " + status + code + (text.isBlank() ? "" : ": " + text),
                status,
                errorCode,
                retriable,
                null);
    }

    private static JsonNode parse(String body) {
        try {
            JsonNode document = JSON.readTree(body);
            return document == null || !document.isContainerNode() ? null : document;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private static String quote(String body) {
        String line = body.strip().lines().findFirst().orElse("");
        return line.length() <= LONGEST_QUOTE ? line : line.substring(0, LONGEST_QUOTE) + "...";
    }
}
