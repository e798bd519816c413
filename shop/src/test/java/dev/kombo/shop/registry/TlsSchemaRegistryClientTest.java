package dev.kombo.shop.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kombo.client.SchemaRegistryClient;
import dev.kombo.client.SchemaRegistryClients;
import dev.kombo.client.SchemaRegistryException;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.shop.kafka.EmbeddedSchemaRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract over TLS, and what happens where keys and trust do not fit. */
class TlsSchemaRegistryClientTest extends SchemaRegistryClientContract {

    @TempDir
    private static Path stores;

    private static Path clientKey;
    private static Path otherKey;
    private static Path trustInServer;
    private static SSLContext server;
    private static SSLContext serverOfAnotherName;

    private EmbeddedSchemaRegistry registry;
    private TlsFront front;

    @BeforeAll
    static void makeKeys() throws Exception {
        Certificates certificates = new Certificates(stores);
        Path serverKey = certificates.keyStore("registry", "ip:127.0.0.1");
        Path misnamedKey = certificates.keyStore("misnamed", "dns:registry.example");
        clientKey = certificates.keyStore("client", "dns:client.example");
        otherKey = certificates.keyStore("other", "dns:client.example");
        trustInServer = certificates.trustStore("trust-in-registry", serverKey);
        Path trustInClient = certificates.trustStore("trust-in-client", clientKey);
        server = Certificates.context(serverKey, trustInClient);
        serverOfAnotherName = Certificates.context(misnamedKey, trustInClient);
    }

    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
        registry = EmbeddedSchemaRegistry.start(directory, 0);
        front = new TlsFront(registry.url(), server, false);
    }

    @AfterEach
    void stop() throws IOException {
        front.close();
        registry.close();
    }

    @Override
    String url() {
        return front.url();
    }

    @Override
    Map<String, String> settings() {
        return Certificates.trusting(trustInServer);
    }

    @Test
    void shouldFailAtOnceAndSayWhyWhenTheCertificateIsNotTrusted() {
        SchemaRegistryException failure = failure(front, Map.of());

        assertThat(failure)
                .hasMessageStartingWith("cannot read schema id 1 at " + front.url() + ": no answer: ")
                .hasMessageEndingWith("unable to find valid certification path to requested target");
        assertThat(failure.retriable()).isFalse();
    }

    @Test
    void shouldFailAtOnceWhenTheCertificateIsOfAnotherHost() throws Exception {
        Path misnamed = stores.resolve("misnamed.p12");
        Path trust = new Certificates(stores).trustStore("trust-in-misnamed", misnamed);
        try (TlsFront elsewhere = new TlsFront(registry.url(), serverOfAnotherName, false)) {
            SchemaRegistryException failure = failure(elsewhere, Certificates.trusting(trust));

            assertThat(failure).hasMessageContaining("No subject alternative names matching");
            assertThat(failure.retriable()).isFalse();
        }
    }

    @Test
    void shouldShowItsOwnCertificateWhenTheRegistryAsksForOne() throws Exception {
        try (TlsFront strict = new TlsFront(registry.url(), server, true)) {
            Map<String, String> known = new HashMap<>(settings());
            known.putAll(Certificates.showing(clientKey));
            Map<String, String> unknown = new HashMap<>(settings());
            unknown.putAll(Certificates.showing(otherKey));

            assertThat(client(strict, known).register("a-value", BehaviorEvent.getClassSchema()))
                    .isPositive();
            assertThat(failure(strict, unknown)).hasMessageContaining("no answer: ");
            assertThat(failure(strict, settings())).hasMessageContaining("no answer: ");
        }
    }

    @Test
    void shouldNotShowThePasswordWhenItOpensNoStore() {
        Map<String, String> wrong = new HashMap<>(settings());
        wrong.put("schema.registry.ssl.truststore.password", "not-the-s3cret");

        assertThatThrownBy(() -> client(front, wrong))
                .hasMessageContaining(trustInServer.toString())
                .hasMessageNotContaining("not-the-s3cret");
    }

    private static SchemaRegistryClient client(TlsFront registry, Map<String, String> ssl) {
        Map<String, Object> settings = new HashMap<>(ssl);
        settings.put("schema.registry.url", registry.url());
        settings.put("max.retries", 0);
        return SchemaRegistryClients.create(settings);
    }

    private static SchemaRegistryException failure(TlsFront registry, Map<String, String> ssl) {
        SchemaRegistryException failure = catchThrowableOfType(
                SchemaRegistryException.class, () -> client(registry, ssl).byId(1));
        assertThat(failure).isNotNull();
        return failure;
    }
}
