package dev.kombo.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.config.TrackerSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bodies of pages that do not come, or come slowly, from many addresses that know the public key. */
@Timeout(60)
class HostileBodiesTest {
    private static final String EVENTS = "/v1/tracker/events?key=shop-key&session=web-0123456789abcdef0123456789abcdef";
    private static final String VIEW = """
        {"eventId": "e", "type": "VIEW", "itemId": "tea", "eventTime": 1}\
        """;

    private static final int ATTACKERS = 20;
    private static final int BODIES_OF_ATTACKER = 9;
    private static final int ANNOUNCED = 60_000;

    private final Map<String, String> settings = Map.of(
            TrackerSettings.KEY_SHOWN.name(), "shop-key",
            TrackerSettings.RATE.name(), "100000",
            TrackerSettings.KEY_RATE.name(), "100000");
    private final ScriptedSources sources = new ScriptedSources(settings).withTeaShop();
    private final QueryApi api = QueryApi.start(ScriptedSources.config(settings), sources.sources());
    private final ApiClient client = new ApiClient(api.url());
    private final List<Socket> sockets = new ArrayList<>();

    @AfterEach
    void stop() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        api.close();
    }

    /** Sends a request of which only a part of the body comes. */
    private Socket begin(int attacker, int bytes) throws IOException {
        Socket socket = new Socket();
        sockets.add(socket);
        socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.1." + (attacker + 1)), 0));
        socket.connect(new InetSocketAddress(
                InetAddress.getLoopbackAddress(), URI.create(api.url()).getPort()));
        send(
                socket,
                "POST " + EVENTS + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Content-Length: " + ANNOUNCED + "\r\n\r\n" + " ".repeat(bytes));
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String answer(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private int visit() throws Exception {
        return client.post(EVENTS, VIEW).statusCode();
    }

    @Test
    void shouldTakeEventsOfVisitorsWhileTwentyAddressesRenewBodiesThatNeverCome() throws Exception {
        List<Socket> silent = new ArrayList<>();
        for (int i = 0; i < ATTACKERS * BODIES_OF_ATTACKER; i++) {
            silent.add(begin(i % ATTACKERS, 0));
        }
        int renewed = 0;
        while (renewed < 2 * silent.size()) {
            // The clock of the service goes on with that of the machine.
            sources.nanoTime = System.nanoTime();
            assertThat(visit()).isEqualTo(202);
            for (int i = 0; i < silent.size(); i++) {
                if (silent.get(i).getInputStream().available() > 0) {
                    silent.get(i).close();
                    silent.set(i, begin(i % ATTACKERS, 0));
                    renewed++;
                }
            }
        }
    }

    @Test
    void shouldTakeEventsOfVisitorsWhileOthersFillAllTheMemoryOfBodies() throws Exception {
        List<Socket> large = new ArrayList<>();
        for (int i = 0; i < ATTACKERS * BODIES_OF_ATTACKER; i++) {
            large.add(begin(i % ATTACKERS, ANNOUNCED - 1));
        }
        // The clock stands still, so that none is too slow; whatever does not fit makes room.
        Awaitility.await().until(() -> answered(large) > 0);

        for (int i = 0; i < 40; i++) {
            assertThat(visit()).isEqualTo(202);
        }
        int fit = (8 << 20) / ANNOUNCED;
        Awaitility.await().until(() -> large.size() - answered(large) <= fit);
        for (Socket socket : large) {
            if (socket.getInputStream().available() > 0) {
                assertThat(answer(socket)).startsWith("HTTP/1.1 503").contains("Retry-After: 1", "make room");
            }
        }
    }

    private static int answered(List<Socket> sockets) throws IOException {
        int answered = 0;
        for (Socket socket : sockets) {
            answered += socket.getInputStream().available() > 0 ? 1 : 0;
        }
        return answered;
    }

    @Test
    void shouldEndABodyOfAPageThatDoesNotBeginWithinASecond() throws Exception {
        Socket silent = begin(0, 0);
        Socket begun = begin(1, 1);
        visit();

        sources.nanoTime = Duration.ofSeconds(1).toNanos();

        assertThat(answer(silent)).startsWith("HTTP/1.1 408").contains("did not begin within 1 s");
        assertThat(begun.getInputStream().available()).isZero();
    }

    @Test
    void shouldEndABodyOfAPageThatDrips() throws Exception {
        Socket dripping = begin(0, 999);
        Socket steady = begin(1, 1_000);
        visit();

        sources.nanoTime = Duration.ofSeconds(2).toNanos();

        assertThat(answer(dripping)).startsWith("HTTP/1.1 408").contains("slower than 1000 bytes a second");
        assertThat(steady.getInputStream().available()).isZero();
        send(steady, " ".repeat(ANNOUNCED - 1_000 - VIEW.length()) + VIEW);
        Awaitility.await().until(() -> steady.getInputStream().available() > 0);
        byte[] start = steady.getInputStream().readNBytes("HTTP/1.1 202".length());
        assertThat(new String(start, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 202");
    }
}
