package dev.kombo.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kombo.config.ApiSettings;
import dev.kombo.config.ApiToken;
import dev.kombo.config.TrackerSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that do not read what they asked for, or do not send what they announced. */
@Timeout(60)
class HostileConnectionsTest {
    private static final String SESSION = "?key=shop-key&session=web-0123456789abcdef0123456789abcdef";
    private static final String VIEW = """
        {"eventId": "e", "type": "VIEW", "itemId": "tea", "eventTime": 1}\
        """;

    private static final int SMALL_WINDOW = 2048;

    private final List<Socket> sockets = new ArrayList<>();
    private QueryApi api;
    private ApiClient client;

    private void start(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put(TrackerSettings.KEY_SHOWN.name(), "shop-key");
        api = QueryApi.start(
                ScriptedSources.config(settings),
                new ScriptedSources(settings).withTeaShop().sources());
        client = new ApiClient(api.url());
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        api.close();
    }

    private Socket connect(String request) throws IOException {
        Socket socket = new Socket();
        sockets.add(socket);
        socket.setReceiveBufferSize(SMALL_WINDOW);
        socket.connect(new InetSocketAddress(
                InetAddress.getLoopbackAddress(), URI.create(api.url()).getPort()));
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Test
    void shouldAnswerHealthAndMetricsAtOnceWhileNobodyReadsTheResponses() throws Exception {
        start(Map.of(ApiSettings.RATE.name(), "0"));
        for (int i = 0; i < 100; i++) {
            // Code that was never run before is slow.
            client.found("/openapi.json");
            client.found("/health/live");
        }
        for (int i = 0; i < 160; i++) {
            connect("GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(40));
        }

        for (int i = 0; i < 30; i++) {
            for (String path : List.of("/health/live", "/health/ready", "/metrics")) {
                long start = System.nanoTime();
                assertThat(client.get(path).statusCode()).as(path).isEqualTo(200);
                assertThat(Duration.ofNanos(System.nanoTime() - start)).as(path).isLessThan(Duration.ofSeconds(1));
            }
            client.found("/v1/items/tea");
        }
        // Whoever does not read is disconnected, and gives the slots back.
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> client.get("/openapi.json").statusCode() == 200);
    }

    @Test
    void shouldTakeEventsOfVisitorsWhileBodiesOfAnotherAddressNeverCome() throws Exception {
        start(Map.of(ApiSettings.PROXIES.name(), "127.0.0.0/8", TrackerSettings.RATE.name(), "1000"));
        for (int i = 0; i < 32; i++) {
            connect(silent("/v1/tracker/events" + SESSION, "X-Forwarded-For: 203.0.113.9"));
        }

        for (int i = 0; i < 20; i++) {
            assertThat(client.post("/v1/tracker/events" + SESSION, VIEW, "X-Forwarded-For", "198.51.100.7")
                            .statusCode())
                    .isEqualTo(202);
        }
    }

    @Test
    void shouldTakeBodiesOfOthersWhileThoseOfATokenNeverCome() throws Exception {
        start(Map.of(
                ApiSettings.TOKENS.name(),
                "shop:ingest:" + ApiToken.hash("push") + ",boss:admin:" + ApiToken.hash("rule")));
        for (int i = 0; i < 32; i++) {
            connect(silent("/v1/events", "Authorization: Bearer push"));
        }

        for (int i = 0; i < 20; i++) {
            assertThat(client.change("PUT", "/v1/items/cup", "{\"title\": \"Cup\"}", "Authorization", "Bearer rule")
                            .statusCode())
                    .isNotEqualTo(503);
        }
    }

    @Test
    void shouldTellWhoeverSendsNothingThatTheBodyDidNotArrive() throws Exception {
        ScriptedSources sources = new ScriptedSources();
        api = QueryApi.start(ScriptedSources.config(Map.of()), sources.sources());
        Socket silent = connect(silent("/v1/events", "Connection: close"));

        AtomicLong nanoTime = new AtomicLong();
        // No byte arrives that would make the server look at the clock, which starts with the request.
        Awaitility.await().until(() -> {
            sources.nanoTime = nanoTime.addAndGet(Duration.ofSeconds(31).toNanos());
            return silent.getInputStream().available() > 0;
        });

        assertThat(new String(silent.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .startsWith("HTTP/1.1 408");
    }

    /** A connection that is closed while its client writes loses the answer that the client has not read yet. */
    @ParameterizedTest
    @CsvSource({
        "/v1/tracker/events?key=other&session=web-0123456789abcdef0123456789abcdef, Content-Length: 5000, 403",
        "/v1/events, Content-Length: 5000, 413",
        "/v1/events, Transfer-Encoding: chunked, 413",
        "/v1/events, 'Expect: 100-continue\r\nTransfer-Encoding: chunked', 413"
    })
    void shouldReadWhatTheClientOfARefusedRequestStillSends(String path, String headers, int status) throws Exception {
        start(Map.of(ApiSettings.BODY.name(), "2000"));
        Socket refused = connect("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + headers + "\r\n\r\n");
        boolean chunked = headers.contains("chunked");
        String first = chunked ? "7d1\r\n" + " ".repeat(2001) + "\r\n" : " ";
        refused.getOutputStream().write(first.getBytes(StandardCharsets.US_ASCII));
        Awaitility.await().until(() -> refused.getInputStream().available() > 25);

        byte[] more = (chunked ? "1\r\n \r\n" : " ").getBytes(StandardCharsets.US_ASCII);
        for (int i = 1; i < 5_000; i++) {
            refused.getOutputStream().write(more);
        }

        assertThat(new String(refused.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("HTTP/1.1 " + status)
                .contains("Connection: close");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 60000", "Content-Length: 60000\r\nExpect: 100-continue"})
    void shouldDisconnectWhoeverTakesLongAfterARefusal(String headers) throws Exception {
        start(Map.of());
        Socket slow = connect(
                "POST /v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/csv\r\n" + headers + "\r\n\r\n");
        assertThat(new String(slow.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .startsWith("HTTP/1.1 415");

        Awaitility.await().until(() -> {
            try {
                slow.getOutputStream().write(' ');
                return false;
            } catch (IOException e) {
                return true;
            }
        });
    }

    @Test
    void shouldReadNoMoreFilesForAnAddressThanItsRateAllows() throws Exception {
        start(Map.of(ApiSettings.RATE.name(), "20"));
        String ask = "GET /js/chart.js HTTP/1.1\r\nHost: localhost\r\n";
        int files = 0;
        for (int i = 0; i < 10; i++) {
            Socket socket = connect((ask + "\r\n").repeat(29) + ask + "Connection: close\r\n\r\n");
            String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            files += answers.split("HTTP/1.1 200", -1).length - 1;
            assertThat(answers.split("HTTP/1.1 429", -1)).hasSizeLessThanOrEqualTo(2);
        }

        // The clock stands still.
        assertThat(files).isEqualTo(40);
        JsonNode problem = ApiClient.problem(429, client.get("/tracker.js"));
        assertThat(problem.path("detail").asText()).contains("127.0.0.1");
        ApiClient.problem(429, client.get("/nothing"));
        client.found("/health/live");
    }

    private static String silent(String path, String header) {
        return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: 60000\r\n" + header + "\r\n\r\n[";
    }

    @Test
    void shouldCloseTheConnectionsThatAnAddressMayNotHave() throws Exception {
        start(Map.of(ApiSettings.CONNECTIONS.name(), "3"));
        String health = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";
        for (int i = 0; i < 3; i++) {
            assertThat(connect(health).getInputStream().read()).isEqualTo('H');
        }

        Awaitility.await().until(() -> closed(health));

        sockets.get(0).close();
        Awaitility.await().until(() -> !closed(health));
    }

    private boolean closed(String request) {
        try (Socket socket = connect(request)) {
            return socket.getInputStream().read() < 0;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void shouldNotCountTheConnectionsOfAProxy() throws Exception {
        start(Map.of(ApiSettings.CONNECTIONS.name(), "1", ApiSettings.PROXIES.name(), "10.0.0.0/8,127.0.0.1"));

        for (int i = 0; i < 5; i++) {
            assertThat(connect("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n")
                            .getInputStream()
                            .read())
                    .isEqualTo('H');
        }
    }
}
