package dev.kombo.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kombo.config.ApiSettings;
import dev.kombo.config.ServiceSettings;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that would cost an instance far more than who sends them. */
class HostileRequestsTest {
    private static final String REPORTS = "/v1/reports/conversions";

    private static final String VIEW = """
        {"eventId": "e", "userId": "ann", "type": "VIEW", "itemId": "tea", "eventTime": 4000}\
        """;

    private final QueryApi api = QueryApi.start(
            ScriptedSources.config(Map.of(
                    ApiSettings.PEER_SECRET.name(), "known to all instances",
                    ApiSettings.CONCURRENCY.name(), "2",
                    ServiceSettings.TOPIC_PARTITIONS.name(), "4")),
            new ScriptedSources().sources());
    private final ApiClient client = new ApiClient(api.url());

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void shouldTakePartitionsOnlyFromOtherInstances() throws Exception {
        String many = "2,".repeat(2_000) + "2";

        ApiClient.problem(403, client.get(REPORTS, "X-Kombo-Partitions", many));
        ApiClient.problem(403, client.get(REPORTS, "X-Kombo-Hops", "1"));
        ApiClient.problem(403, client.get(REPORTS, "X-Kombo-Partitions", "1", "X-Kombo-Peer", "guessed"));
        ApiClient.problem(403, client.get(REPORTS, "X-Kombo-Peer", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2,2", "4", "99", "-1", "", "1,", "x", "0,1,2,3,0", "1234567890123"})
    void shouldRefuseAnotherInstanceThatAsksForPartitionsTwiceOrThatAreNotThere(String partitions) throws Exception {
        JsonNode problem = ApiClient.problem(
                400, client.get(REPORTS, "X-Kombo-Peer", "known to all instances", "X-Kombo-Partitions", partitions));

        assertThat(problem.path("detail").asText()).contains("different numbers below 4");
    }

    @Test
    void shouldTellOfTheFirstRejectionsOnlyWhenThereAreMany() throws Exception {
        JsonNode problem = ApiClient.problem(400, client.post("/v1/events", "[" + "{},".repeat(4_999) + "{}]"));

        assertThat(problem.path("rejected")).hasSize(100);
        assertThat(problem.path("rejectedCount").asInt()).isEqualTo(5_000);
    }

    @Test
    void shouldReadNoFurtherWhenABodyHoldsTooManyEvents() throws Exception {
        JsonNode problem = ApiClient.problem(400, client.post("/v1/events", "[" + "{},".repeat(300_000) + "{}]"));

        assertThat(problem.path("detail").asText()).contains("at most 10000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":"})
    void shouldRefuseJsonThatIsNestedTooDeeply(String opening) throws Exception {
        for (int depth : new int[] {1_000, 1_001, 100_000}) {
            ApiClient.problem(400, client.post("/v1/events", opening.repeat(depth)));
            ApiClient.problem(400, client.post("/v1/strategy", opening.repeat(depth)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/items/%?x=1", "/v1/bundles/%?x=1", "/v1/items/%zz", "/v1/items/a?limit=%"})
    void shouldRefuseAPathThatIsBadlyEncoded(String path) throws Exception {
        try (Socket socket = connect()) {
            send(socket, "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 400");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'chunked', 202",
        "'Chunked', 202",
        "'gzip, chunked', 501",
        "'identity, chunked', 501",
        "'chunked;q=1', 400",
        "'gzip', 400",
        "'chunked, gzip', 400",
        "'gzip\r\nTransfer-Encoding: chunked', 501"
    })
    void shouldRefuseTransferCodingsThatItDoesNotUndo(String codings, int status) throws Exception {
        String answer = answer("POST /v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Connection: close\r\nTransfer-Encoding: " + codings + "\r\n\r\n"
                + Integer.toHexString(VIEW.length()) + "\r\n" + VIEW + "\r\n0\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 " + status);
        assertThat(answer).containsPattern(status == 501 ? "chunked is the only transfer coding, found " : ".");
    }

    @ParameterizedTest
    @CsvSource({
        "'GET /v1/topology HTTP/1.1\n'",
        "'GET /v1/topology HTTP/1.1\r\nX-Any: thing\n'",
        "'GET /js/api.js HTTP/1.1\n'"
    })
    void shouldRefuseLinesThatEndInALineFeedAlone(String start) throws Exception {
        String rest = "Host: localhost\r\nConnection: close\r\n\r\n";

        assertThat(answer(start + rest)).startsWith("HTTP/1.1 400");
        assertThat(answer(start.replace("\r", "").replace("\n", "\r\n") + rest)).startsWith("HTTP/1.1 200");
    }

    private String answer(String request) throws Exception {
        try (Socket socket = connect()) {
            send(socket, request);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void shouldRefuseChunksWhoseSizesAreBroken() throws Exception {
        try (Socket socket = connect()) {
            String headers = "Host: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n";
            send(socket, "POST /v1/events HTTP/1.1\r\n" + headers + "Connection: close\r\n\r\nxyz\r\n[]\r\n0\r\n\r\n");

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 400");
        }
    }

    @Test
    void shouldAnswerQuestionsWhileBodiesTrickleIn() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 8; i++) {
                Socket socket = connect();
                slow.add(socket);
                send(
                        socket,
                        "POST /v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                + "Content-Length: 100000\r\n\r\n[");
            }
            for (int i = 0; i < 20; i++) {
                assertThat(client.get(REPORTS).statusCode()).isEqualTo(200);
            }
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    private Socket connect() throws Exception {
        return new Socket(
                InetAddress.getLoopbackAddress(), URI.create(api.url()).getPort());
    }

    private static void send(Socket socket, String request) throws Exception {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }
}
