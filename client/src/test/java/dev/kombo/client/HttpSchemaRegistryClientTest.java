package dev.kombo.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.common.errors.InterruptException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The client against a registry's errors; a real registry is tested in the module shop. */
class HttpSchemaRegistryClientTest {

    private static final Schema SCHEMA = SchemaBuilder.record("R")
            .namespace("t")
            .fields()
            .requiredString("id")
            .endRecord();
    private static final String SCHEMA_JSON = "{\"schema\":\"\\\"string\\\"\"}";
    private static final String UNKNOWN_SCHEMA = "{\"error_code\":40403,\"message\":\"Schema 9 not found\"}";

    private final List<Long> waits = new ArrayList<>();
    private ScriptedRegistry registry;
    private long nanos;

    @BeforeEach
    void start() throws IOException {
        registry = new ScriptedRegistry();
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void shouldRegisterOnceAndRememberTheId() {
        registry.answer(200, "{\"id\":7}");
        SchemaRegistryClient client = client(Map.of());

        assertThat(client.register("a b/c-value", SCHEMA)).isEqualTo(7);
        assertThat(client.register("a b/c-value", SCHEMA)).isEqualTo(7);

        assertThat(registry.requests()).singleElement().satisfies(request -> {
            assertThat(request.line()).isEqualTo("POST /subjects/a%20b%2Fc-value/versions");
            assertThat(request.contentType()).isEqualTo("application/vnd.schemaregistry.v1+json");
            assertThat(RegistryTransport.JSON
                            .readTree(request.body())
                            .path("schema")
                            .asText())
                    .isEqualTo(SCHEMA.toString());
            assertThat(request.authorization()).isNull();
        });
    }

    @Test
    void shouldNotTakeALookedUpIdForARegisteredOne() {
        registry.answer(200, "{\"id\":7}").answer(200, "{\"id\":7}");
        SchemaRegistryClient client = client(Map.of());

        assertThat(client.idOf("s", SCHEMA)).isEqualTo(7);
        assertThat(client.idOf("s", SCHEMA)).isEqualTo(7);
        assertThat(client.register("s", SCHEMA)).isEqualTo(7);

        assertThat(registry.requests())
                .extracting(ScriptedRegistry.Request::line)
                .containsExactly("POST /subjects/s", "POST /subjects/s/versions");
    }

    @Test
    void shouldReadASchemaOnce() {
        registry.answer(200, SCHEMA_JSON);
        SchemaRegistryClient client = client(Map.of());

        assertThat(client.byId(5)).isSameAs(client.byId(5)).isEqualTo(Schema.create(Schema.Type.STRING));
        assertThat(registry.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503})
    void shouldTryAgainAfterGrowingWaitsWhenTheFailureMayPass(int status) {
        registry.answer(status, "")
                .answer(status, "<html>")
                .answer(status, "{}")
                .answer(200, SCHEMA_JSON);

        assertThat(client(Map.of("retries.wait.ms", 100, "retries.max.wait.ms", 250))
                        .byId(1))
                .isNotNull();

        // The draw is 0.5: each wait is three quarters of 100, 200 and (bounded) 250 ms.
        assertThat(waits).containsExactly(75L, 150L, 188L);
    }

    @Test
    void shouldGiveUpWhenTheRetriesAreUsedUp() {
        registry.answer(500, "").answer(502, "").answer(503, "{\"error_code\":50003,\"message\":\"no leader\"}");

        var failure = catchThrowableOfType(
                SchemaRegistryException.class,
                () -> client(Map.of("max.retries", 2)).register("s", SCHEMA));

        assertThat(failure)
                .hasMessage("cannot register a schema under subject s at " + registry.url()
                        + ": HTTP 503 (error 50003): no leader");
        assertThat(failure.retriable()).isTrue();
        assertThat(failure.status()).isEqualTo(503);
        assertThat(failure.errorCode()).isEqualTo(50003);
        assertThat(waits).hasSize(2);
    }

    @Test
    void shouldFailAtOnceWhenTheSchemaIsIncompatible() {
        registry.answer(409, "{\"error_code\":409,\"message\":\"READER_FIELD_MISSING_DEFAULT_VALUE\"}")
                .answer(404, "{\"error_code\":40403,\"message\":\"Schema not found\"}");

        var failure = catchThrowableOfType(
                SchemaRegistryException.class, () -> client(Map.of()).register("s", SCHEMA));

        assertThat(failure).hasMessageContaining("HTTP 409: READER_FIELD_MISSING_DEFAULT_VALUE");
        assertThat(failure.incompatible()).isTrue();
        assertThat(failure.retriable()).isFalse();
        assertThat(waits).isEmpty();
    }

    @Test
    void shouldTakeTheIdOfAnotherClientThatRegisteredTheSchemaAtTheSameTime() {
        registry.answer(409, "{\"error_code\":409,\"message\":\"An artifact with ID 's' already exists.\"}")
                .answer(200, "{\"subject\":\"s\",\"version\":1,\"id\":7}");

        assertThat(client(Map.of()).register("s", SCHEMA)).isEqualTo(7);
    }

    @Test
    void shouldFailAtOnceWithoutShowingThePasswordWhenCredentialsAreRefused() {
        registry.answer(401, "Unauthorized");

        var failure = catchThrowableOfType(
                SchemaRegistryException.class,
                () -> client(Map.of("basic.auth.credentials.source", "USER_INFO", "basic.auth.user.info", "kim:s3cret"))
                        .byId(1));

        assertThat(failure).hasMessageContaining("HTTP 401: Unauthorized");
        assertThat(failure.getMessage()).doesNotContain("s3cret", "kim");
        // "kim:s3cret" in base 64.
        assertThat(registry.requests().get(0).authorization()).isEqualTo("Basic a2ltOnMzY3JldA==");
    }

    @Test
    void shouldTakeCredentialsOutOfTheUrl() {
        registry.answer(404, "");
        String url = "http://kim:s3cret@127.0.0.1:" + registry.port() + "/";

        assertThatThrownBy(() -> client(Map.of("schema.registry.url", url)).byId(1))
                .hasMessage("cannot read schema id 1 at http://127.0.0.1:" + registry.port() + ": HTTP 404");
        assertThat(registry.requests().get(0).authorization()).isEqualTo("Basic a2ltOnMzY3JldA==");
    }

    @Test
    void shouldPreferSettingsWithThePrefix() {
        registry.answer(200, SCHEMA_JSON);

        client(Map.of(
                        "schema.registry.basic.auth.credentials.source", "USER_INFO",
                        "schema.registry.basic.auth.user.info", "kim:s3cret",
                        "basic.auth.user.info", "other:one"))
                .byId(1);

        assertThat(registry.requests().get(0).authorization()).isEqualTo("Basic a2ltOnMzY3JldA==");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>proxy</html>", "", "17", "{}", "{\"schema\":\"{not avro\"}", "{\"schema\":3}"})
    void shouldFailClearlyWhenTheAnswerIsNoSchema(String body) {
        registry.answer(200, body);

        assertThatThrownBy(() -> client(Map.of()).byId(1))
                .isInstanceOf(SchemaRegistryException.class)
                .hasMessageStartingWith("cannot read schema id 1");
        assertThat(registry.requests()).hasSize(1);
    }

    @Test
    void shouldRefuseASchemaThatIsNotAvro() {
        registry.answer(200, "{\"schemaType\":\"PROTOBUF\",\"schema\":\"message M {}\"}");

        assertThatThrownBy(() -> client(Map.of()).byId(1)).hasMessageContaining("not a self-contained Avro schema");
    }

    @Test
    void shouldAskTheNextAddressAtOnceAndStayThereWhenOneIsDown() throws IOException {
        registry.answer(200, SCHEMA_JSON).answer(200, SCHEMA_JSON);
        SchemaRegistryClient client =
                client(Map.of("schema.registry.url", "http://127.0.0.1:" + unusedPort() + "," + registry.url()));

        assertThat(client.byId(1)).isNotNull();
        assertThat(client.byId(2)).isNotNull();

        assertThat(waits).isEmpty();
        assertThat(registry.requests()).hasSize(2);
    }

    @Test
    void shouldSayThatTheRegistryIsOutOfReachWhenNothingListens() throws IOException {
        String url = "http://127.0.0.1:" + unusedPort();

        var failure = catchThrowableOfType(
                SchemaRegistryException.class,
                () -> client(Map.of("schema.registry.url", url, "max.retries", 1))
                        .byId(1));

        assertThat(failure).hasMessageStartingWith("cannot read schema id 1 at " + url + ": no answer: ");
        assertThat(failure.retriable()).isTrue();
        assertThat(failure.status()).isZero();
        assertThat(waits).hasSize(1);
    }

    @Test
    void shouldNotWaitForEverWhenABodyStalls() {
        registry.stall().answer(200, SCHEMA_JSON);

        assertThat(client(Map.of("http.read.timeout.ms", 200)).byId(1)).isNotNull();
        assertThat(waits).hasSize(1);
    }

    @Test
    void shouldAskForAnUnknownIdOncePerTenthOfASecond() {
        registry.answer(404, UNKNOWN_SCHEMA).answer(404, UNKNOWN_SCHEMA).answer(200, SCHEMA_JSON);
        SchemaRegistryClient client = client(Map.of());

        for (int use = 1; use < 8; use++) {
            assertUnknown(client);
        }
        assertThat(registry.requests()).hasSize(1);
        nanos += Duration.ofMillis(100).toNanos();
        assertUnknown(client);
        nanos += Duration.ofMillis(100).toNanos();
        assertThat(client.byId(9)).isNotNull();
    }

    @Test
    void shouldKnowAnIdAtOnceWhenItRegistersItsSchema() {
        registry.answer(404, UNKNOWN_SCHEMA).answer(200, "{\"id\":9}").answer(200, SCHEMA_JSON);
        SchemaRegistryClient client = client(Map.of());
        assertUnknown(client);

        client.register("topic-value", SCHEMA);

        assertThat(client.byId(9)).isNotNull();
    }

    private static void assertUnknown(SchemaRegistryClient client) {
        assertThatThrownBy(() -> client.byId(9))
                .isInstanceOfSatisfying(
                        SchemaRegistryException.class,
                        e -> assertThat(e.notFound()).isTrue())
                .hasMessageContaining("Schema 9 not found");
    }

    @Test
    void shouldStopWaitingWhenInterrupted() {
        registry.answer(500, "");
        AvroSettings settings = settings(Map.of());
        SchemaRegistryClient client = client(settings, milliseconds -> {
            throw new InterruptedException("stop");
        });

        assertThatThrownBy(() -> client.byId(1)).isInstanceOf(InterruptException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    private SchemaRegistryClient client(Map<String, ?> extra) {
        return client(settings(extra), waits::add);
    }

    private AvroSettings settings(Map<String, ?> extra) {
        Map<String, Object> settings = new HashMap<>(Map.of("schema.registry.url", registry.url()));
        settings.putAll(extra);
        return new AvroSettings(settings);
    }

    private SchemaRegistryClient client(AvroSettings settings, RegistryTransport.Sleeper sleeper) {
        return new HttpSchemaRegistryClient(new RegistryTransport(settings, sleeper, () -> 0.5), () -> nanos);
    }

    private static int unusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
