package dev.kombo.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.DoubleSupplier;
import javax.net.ssl.SSLHandshakeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends requests to a registry at one or more addresses and returns JSON. A failure that may pass (no connection,
 * time-out, HTTP 429 or 5xx) sends the request to the next address at once; when all have failed, the transport waits
 * and starts again until the retries are used up. The wait doubles with each retry, and its upper half is random, so
 * that clients that failed together do not return together. Every request sent here is safe to repeat. Thread-safe.
 */
final class RegistryTransport {

    /** Waits for a while; replaced in tests. */
    @FunctionalInterface
    interface Sleeper {
        void sleep(long milliseconds) throws InterruptedException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(RegistryTransport.class);
    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final int LONGEST_QUOTE = 200;
    private static final String SSL = "ssl.";

    /** The TLS settings that are supported here; Kafka's clients have more. */
    private static final Set<String> TLS = Set.of(
            SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG,
            SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG,
            SslConfigs.SSL_TRUSTSTORE_PASSWORD_CONFIG,
            SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG,
            SslConfigs.SSL_KEYSTORE_TYPE_CONFIG,
            SslConfigs.SSL_KEYSTORE_PASSWORD_CONFIG,
            SslConfigs.SSL_KEY_PASSWORD_CONFIG);

    static final ObjectMapper JSON = new ObjectMapper();

    private final List<String> addresses;
    private final @Nullable String authorization;
    private final HttpClient http;
    private final AvroSettings settings;
    private final Sleeper sleeper;
    private final DoubleSupplier uniform;

    /** Index of the address that answered last; a race between threads costs at most one request to another address. */
    private volatile int preferred;

    /**
     * Creates a transport; sends nothing yet.
     *
     * @param uniform draws from [0, 1)
     * @throws ConfigException where an address, the credentials or TLS cannot be used; the message holds no secret
     */
    RegistryTransport(AvroSettings settings, Sleeper sleeper, DoubleSupplier uniform) {
        List<URI> uris = settings.getList(AvroSettings.URL).stream()
                .map(RegistryTransport::httpUri)
                .toList();
        this.addresses = uris.stream().map(RegistryTransport::withoutUserInfo).toList();
        this.authorization = authorization(uris.get(0).getUserInfo(), settings);
        this.settings = settings;
        this.sleeper = sleeper;
        this.uniform = uniform;
        // HTTP/2 over plain text begins with an upgrade request, which some proxies before registries refuse.
        HttpClient.Builder client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofMillis(settings.getInt(AvroSettings.CONNECT_TIMEOUT_MS)));
        trust(client, settings);
        this.http = client.build();
    }

    private static URI httpUri(String url) {
        try {
            URI uri = new URI(url);
            if (uri.getHost() != null
                    && ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()))) {
                return uri;
            }
        } catch (URISyntaxException e) {
            LOG.debug("An address of the registry is not a URL: {}", e.getReason());
        }
        throw new ConfigException(
                AvroSettings.URL + " contains an address that is not an http://, https:// or mock:// URL");
    }

    private static String withoutUserInfo(URI uri) {
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return uri.getScheme() + "://" + uri.getHost() + port + uri.getRawPath().replaceAll("/+$", "");
    }

    /** Value of the header {@code Authorization}; null: none is sent. */
    private static @Nullable String authorization(@Nullable String userInfoOfUrl, AvroSettings settings) {
        String userInfo = userInfoOfUrl;
        if ("USER_INFO".equals(settings.getString(AvroSettings.CREDENTIALS_SOURCE))) {
            userInfo = settings.getPassword(AvroSettings.USER_INFO).value();
            if (userInfo.isBlank()) {
                throw new ConfigException(AvroSettings.USER_INFO + " is not set, but " + AvroSettings.CREDENTIALS_SOURCE
                        + " is USER_INFO");
            }
        }
        return userInfo == null
                ? null
                : "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Configures TLS from {@code schema.registry.ssl.*}, as Confluent's serializers do; {@code ssl.*} without the
     * prefix is for the brokers. Without such settings, the JVM's own trust store decides.
     */
    private static void trust(HttpClient.Builder client, AvroSettings settings) {
        Map<String, Object> given = settings.originalsWithPrefix(AvroSettings.PREFIX);
        given.keySet().removeIf(name -> !name.startsWith(SSL));
        for (String name : given.keySet()) {
            if (!TLS.contains(name)) {
                throw new ConfigException(AvroSettings.PREFIX + name + " is not a setting of the registry client");
            }
        }
        if (given.isEmpty()) {
            return;
        }
        try (DefaultSslEngineFactory factory = new DefaultSslEngineFactory()) {
            factory.configure(new ConfigDef().withClientSslSupport().parse(given));
            client.sslContext(factory.sslContext());
        } catch (KafkaException e) {
            throw new ConfigException(AvroSettings.PREFIX + SSL + "*: " + e.getMessage());
        }
    }

    /**
     * Reads a resource, or posts a document.
     *
     * @param path encoded path with a leading slash
     * @param body to post as JSON; null: reads
     * @param purpose what it is for, in the words of an error message: "cannot " + purpose
     */
    JsonNode exchange(String path, @Nullable String body, String purpose) {
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
            if (retry == settings.getInt(AvroSettings.MAX_RETRIES)) {
                throw failure;
            }
            pause(retry, Objects.requireNonNull(failure, "there is an address"));
        }
    }

    private void pause(int retry, SchemaRegistryException failure) {
        double whole = Math.min(
                settings.getLong(AvroSettings.RETRIES_MAX_WAIT_MS),
                Math.scalb((double) settings.getLong(AvroSettings.RETRIES_WAIT_MS), retry));
        long waitMs = Math.round(whole / 2 + uniform.getAsDouble() * whole / 2);
        LOG.warn("{}; retry {} in {} ms", failure.getMessage(), retry + 1, waitMs);
        try {
            sleeper.sleep(waitMs);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private JsonNode attempt(String address, String path, @Nullable String body, String purpose) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path))
                .header("Accept", CONTENT_TYPE + ", application/json");
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        if (body != null) {
            request.header("Content-Type", CONTENT_TYPE).POST(HttpRequest.BodyPublishers.ofString(body));
        }
        String what = "cannot " + purpose + " at " + address;
        return read(send(request.build(), what), what);
    }

    /**
     * Waits for the whole answer: the request's own time-out ends with the headers and would let a stalled body hang.
     */
    private HttpResponse<String> send(HttpRequest request, String what) {
        int timeout = settings.getInt(AvroSettings.READ_TIMEOUT_MS);
        CompletableFuture<HttpResponse<String>> answer = http.sendAsync(request, HttpResponse.BodyHandlers.ofString());
        try {
            return answer.get(timeout, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw noAnswer(what, "none within " + timeout + " ms", e);
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            String reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
            throw noAnswer(what, reason, cause);
        } catch (InterruptedException e) {
            answer.cancel(true);
            throw new InterruptException(e);
        }
    }

    private static SchemaRegistryException noAnswer(String what, String reason, Throwable cause) {
        // Retrying does not fix a certificate.
        boolean retriable = !(cause instanceof SSLHandshakeException);
        return new SchemaRegistryException(what + ": no answer: " + reason, 0, 0, retriable, cause);
    }

    private static JsonNode read(HttpResponse<String> response, String what) {
        int status = response.statusCode();
        JsonNode answer = parse(response.body());
        if (status == SchemaRegistryException.OK) {
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
        boolean retriable =
                status == SchemaRegistryException.TOO_MANY_REQUESTS || status >= SchemaRegistryException.SERVER_ERROR;
        throw new SchemaRegistryException(
                what + ": HTTP " + status + code + (text.isBlank() ? "" : ": " + text),
                status,
                errorCode,
                retriable,
                null);
    }

    private static @Nullable JsonNode parse(String body) {
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
