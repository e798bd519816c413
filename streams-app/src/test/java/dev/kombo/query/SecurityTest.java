package dev.kombo.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kombo.config.ApiSettings;
import dev.kombo.config.ApiToken;
import dev.kombo.query.cluster.Address;
import dev.kombo.query.cluster.Cluster.Placement;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecurityTest {
    private static final String VIEW = """
            {"eventId": "e-1", "userId": "ann", "type": "VIEW", "itemId": "tea", "eventTime": 4000}""";

    private static final String PASSWORD = "changeit";

    @TempDir
    Path folder;

    private final ScriptedSources sources = new ScriptedSources().withTeaShop();
    private final List<QueryApi> started = new ArrayList<>();

    private ApiClient start(Map<String, String> settings) {
        return start(settings, sources);
    }

    private ApiClient start(Map<String, String> settings, ScriptedSources served) {
        Map<String, String> all = new HashMap<>(settings);
        all.put(ApiSettings.PEER_SECRET.name(), "known to all instances");
        QueryApi api = QueryApi.start(ScriptedSources.config(all), served.sources());
        started.add(api);
        return new ApiClient(api.url());
    }

    private String url() {
        return started.get(0).url();
    }

    @AfterEach
    void stop() {
        started.forEach(QueryApi::close);
    }

    private static Map<String, String> tokens() {
        return Map.of(
                ApiSettings.TOKENS.name(),
                "page:read:" + ApiToken.hash("look") + ",shop:ingest:" + ApiToken.hash("push") + ",boss:admin:"
                        + ApiToken.hash("rule") + ",prometheus:metrics:" + ApiToken.hash("count"));
    }

    private static String[] bearer(String token) {
        return new String[] {"Authorization", "Bearer " + token};
    }

    @Test
    void shouldAskForATokenThatIsKnownWhenThereAreTokens() throws Exception {
        ApiClient client = start(tokens());

        HttpResponse<String> none = client.get("/v1/items/tea");
        assertThat(none.headers().firstValue("WWW-Authenticate")).hasValue("Bearer realm=\"kombo\"");
        ApiClient.problem(401, none);
        HttpResponse<String> wrong = client.get("/v1/items/tea", bearer("loom"));
        assertThat(ApiClient.problem(401, wrong).toString()).doesNotContain("loom");
        assertThat(wrong.headers().firstValue("WWW-Authenticate"))
                .hasValueSatisfying(challenge -> assertThat(challenge).contains("invalid_token"));
        ApiClient.problem(401, client.get("/v1/items/tea", "Authorization", "Basic bG9vazo="));

        assertThat(raw("HEAD /v1/items/tea HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 401");

        client.found("/v1/items/tea", bearer("look"));
        client.found("/health/live");
        client.found("/openapi.json");
    }

    @Test
    void shouldRefuseWhenTheTokenHasAnotherRole() throws Exception {
        ApiClient client = start(tokens());

        JsonNode problem = ApiClient.problem(403, client.post("/v1/events", VIEW, bearer("look")));
        assertThat(problem.path("detail").asText()).isEqualTo("the token page has the role read; ingest is needed");
        ApiClient.problem(403, client.get("/v1/items/tea", bearer("push")));
        ApiClient.problem(403, client.delete("/v1/users/ann", bearer("push")));
        assertThat(sources.published).isEmpty();

        assertThat(client.post("/v1/events", VIEW, bearer("push")).statusCode()).isEqualTo(202);
        assertThat(client.post("/v1/events", VIEW, bearer("rule")).statusCode()).isEqualTo(202);
        assertThat(client.delete("/v1/users/ann", bearer("rule")).statusCode()).isEqualTo(202);
        client.found("/v1/items/tea", bearer("rule"));
    }

    @Test
    void shouldShowPrometheusTheMetricsAndNothingElse() throws Exception {
        ApiClient client = start(tokens());

        for (String token : List.of("count", "look", "rule")) {
            assertThat(client.get("/metrics", bearer(token)).statusCode()).isEqualTo(200);
        }
        ApiClient.problem(403, client.get("/metrics", bearer("push")));
        for (String path : List.of("/v1/items/tea", "/v1/users/ann/profile", "/v1/live", "/v1/instances")) {
            ApiClient.problem(403, client.get(path, bearer("count")));
        }
        client.found("/health/live", bearer("count"));
    }

    @Test
    void shouldShowTheClientsTokenToTheOwnerWhenARequestIsPassedOn() throws Exception {
        ApiClient client = start(tokens());
        ScriptedSources elsewhere = new ScriptedSources();
        elsewhere.profiles.put("u:ann", ScriptedSources.shopper(2000));
        start(tokens(), elsewhere);
        URI owner = URI.create(started.get(1).url());
        sources.self = new Address("127.0.0.1", URI.create(url()).getPort());
        sources.placements = partition -> new Placement(new Address(owner.getHost(), owner.getPort()), List.of());

        assertThat(client.found("/v1/users/ann/profile", bearer("look"))
                        .path("id")
                        .asText())
                .isEqualTo("ann");
    }

    @Test
    void shouldKeepOtherSitesOutWhenThereAreNoTokens() throws Exception {
        ApiClient client = start(Map.of());

        ApiClient.problem(403, client.post("/v1/suggestions/x/reject", null, "Origin", "http://shop.example"));
        ApiClient.problem(403, client.delete("/v1/users/ann", "Origin", "null"));
        assertThat(client.delete("/v1/users/ann", "Origin", url()).statusCode()).isEqualTo(202);
        // A name that its owner made mean this address.
        assertThat(raw("GET /v1/items/tea HTTP/1.1\r\nHost: shop.example:7700\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 403");
        assertThat(raw("GET /v1/items/tea HTTP/1.1\r\nHost: localhost:7700\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @CsvSource({"Origin, http://shop.example", "Origin, null", "Sec-Fetch-Site, cross-site", "Sec-Fetch-Site, same-site"
    })
    void shouldShowNothingToPagesOfOtherSitesWhenThereAreNoTokens(String header, String value) throws Exception {
        ApiClient client = start(Map.of());

        ApiClient.problem(403, client.get("/v1/live", header, value));
        ApiClient.problem(403, client.get("/v1/items/tea", header, value));

        client.found("/v1/items/tea", "Origin", url(), "Sec-Fetch-Site", "same-origin");
        client.found("/v1/items/tea", "Sec-Fetch-Site", "none");
        client.found("/health/live", header, value);
    }

    private String raw(String request) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), URI.create(url()).getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void shouldSayWhatPagesMayDoAndNotWhatServesThem() throws Exception {
        ApiClient client = start(Map.of());

        for (String path : List.of("/v1/items/tea", "/v1/items/nothing", "/nowhere")) {
            HttpResponse<String> response = client.get(path);
            assertThat(response.headers().firstValue("Content-Security-Policy"))
                    .as(path)
                    .hasValueSatisfying(policy -> assertThat(policy)
                            .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                            .doesNotContain("unsafe"));
            assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
            assertThat(response.headers().firstValue("Server")).isEmpty();
        }
    }

    @Test
    void shouldAskToSlowDownWhenAClientAsksTooOften() throws Exception {
        ApiClient client = start(Map.of(ApiSettings.RATE.name(), "1"));
        client.found("/v1/items/tea");
        client.found("/v1/items/tea");

        HttpResponse<String> refused = client.get("/v1/items/tea");

        ApiClient.problem(429, refused);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        sources.nanoTime = 1_000_000_000;
        client.found("/v1/items/tea");
        // Probes come as often as they like.
        client.found("/health/live");
    }

    @Test
    void shouldReadTheBodiesOfOthersWhileOneTricklesInUntilItIsGivenUp() throws Exception {
        ApiClient client = start(Map.of(ApiSettings.CONCURRENCY.name(), "1", ApiSettings.RATE.name(), "0"));
        try (Socket slow =
                new Socket(InetAddress.getLoopbackAddress(), URI.create(url()).getPort())) {
            OutputStream out = slow.getOutputStream();
            out.write(("POST /v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                            + "Content-Length: 100\r\nConnection: close\r\n\r\n[")
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            assertThat(client.post("/v1/events", VIEW).statusCode()).isEqualTo(202);

            sources.nanoTime = 31_000_000_000L;
            out.write(' ');
            out.flush();

            assertThat(new String(slow.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 408");
        }
        client.found("/v1/items/tea");
    }

    @ParameterizedTest
    @ValueSource(strings = {"p12", "pem"})
    void shouldSpeakTlsToClientsAndOtherInstancesAndTakeUpARenewedCertificate(String format) throws Exception {
        Path first = certificate("first.p12");
        Map<String, String> settings = new HashMap<>(Map.of(
                ApiSettings.KEYSTORE.name(), folder.resolve("keys").toString(),
                ApiSettings.TRUSTSTORE.name(), folder.resolve("trusted").toString()));
        if (format.equals("p12")) {
            settings.put(ApiSettings.KEYSTORE_PASSWORD.name(), PASSWORD);
            settings.put(ApiSettings.TRUSTSTORE_PASSWORD.name(), PASSWORD);
        }
        install(first, format);
        start(settings);
        ScriptedSources elsewhere = new ScriptedSources();
        elsewhere.profiles.put("u:ann", ScriptedSources.shopper(2000));
        start(settings, elsewhere);
        URI owner = URI.create(started.get(1).url());
        sources.self = new Address("127.0.0.1", URI.create(url()).getPort());
        sources.placements = partition -> new Placement(new Address(owner.getHost(), owner.getPort()), List.of());

        assertThat(url()).startsWith("https://127.0.0.1:");
        HttpRequest question = HttpRequest.newBuilder(URI.create(url() + "/v1/users/ann/profile"))
                .build();
        HttpResponse<String> response = trusting(first).send(question, BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.body()).contains("\"id\":\"ann\"");

        Path renewed = certificate("renewed.p12");
        assertThatThrownBy(() -> trusting(renewed).send(question, BodyHandlers.ofString()))
                .isInstanceOf(SSLException.class);
        install(renewed, format);
        AtomicLong nanoTime = new AtomicLong();
        // The first instance has it, the owner has it, and the first trusts the owner.
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .ignoreExceptionsInstanceOf(SSLException.class)
                .until(() -> {
                    sources.nanoTime = nanoTime.addAndGet(TimeUnit.MINUTES.toNanos(1));
                    return trusting(renewed)
                                    .send(question, BodyHandlers.ofString())
                                    .statusCode()
                            == 200;
                });
        assertThatThrownBy(() -> trusting(first).send(question, BodyHandlers.ofString()))
                .isInstanceOf(SSLException.class);
    }

    /** Puts key and certificate where the instances look for them, at once as a secret's volume does. */
    private void install(Path keystore, String format) throws Exception {
        byte[] keys = Files.readAllBytes(keystore);
        byte[] trusted = keys;
        if (format.equals("pem")) {
            KeyStore content = KeyStore.getInstance(keystore.toFile(), PASSWORD.toCharArray());
            String certificate =
                    pem("CERTIFICATE", content.getCertificate("api").getEncoded());
            trusted = certificate.getBytes(StandardCharsets.US_ASCII);
            keys = (pem(
                                    "PRIVATE KEY",
                                    content.getKey("api", PASSWORD.toCharArray())
                                            .getEncoded())
                            + certificate)
                    .getBytes(StandardCharsets.US_ASCII);
        }
        for (Map.Entry<String, byte[]> file :
                Map.of("keys", keys, "trusted", trusted).entrySet()) {
            Path written = Files.write(folder.resolve("written"), file.getValue());
            Files.move(written, folder.resolve(file.getKey()), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static String pem(String what, byte[] content) {
        // OpenSSL writes what it knows of a key or certificate before it.
        return "Bag Attributes\n    friendlyName: api\n-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content) + "\n-----END " + what
                + "-----\n";
    }

    private Path certificate(String name) throws Exception {
        Path keystore = folder.resolve(name);
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "api",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=kombo",
                        "-ext",
                        "SAN=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keystore.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.out").toFile())
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue()).isZero();
        return keystore;
    }

    /** A client, new so that it opens a connection. */
    private static HttpClient trusting(Path keystore) throws Exception {
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(KeyStore.getInstance(keystore.toFile(), PASSWORD.toCharArray()));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(context).build();
    }
}
