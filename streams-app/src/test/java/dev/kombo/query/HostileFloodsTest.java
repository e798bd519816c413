package dev.kombo.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.kombo.config.ApiSettings;
import dev.kombo.config.ApiToken;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Far more connections than a shop has, and clients that go on sending at full speed once they are refused. */
@Timeout(120)
class HostileFloodsTest {
    private static final Duration PROBE = Duration.ofSeconds(5);
    private static final int PROBES = 20;
    private static final int FLOODING_CLIENTS = 60;
    private static final long LONGEST_SELECT_MILLIS = 100;

    private final List<SocketChannel> sockets = new ArrayList<>();
    private QueryApi api;
    private ApiClient client;

    private void start(Map<String, String> settings) {
        api = QueryApi.start(
                ScriptedSources.config(settings),
                new ScriptedSources(settings).withTeaShop().sources());
        client = new ApiClient(api.url());
    }

    @AfterEach
    void stop() throws IOException {
        for (SocketChannel socket : sockets) {
            socket.close();
        }
        api.close();
    }

    private SocketChannel connect(String from, String request) throws IOException {
        SocketChannel socket = SocketChannel.open();
        sockets.add(socket);
        socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
        socket.connect(new InetSocketAddress(
                InetAddress.getLoopbackAddress(), URI.create(api.url()).getPort()));
        socket.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
        return socket;
    }

    private void requireHealth() throws Exception {
        for (int i = 0; i < PROBES; i++) {
            long start = System.nanoTime();
            client.found("/health/live");
            client.found("/health/ready");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PROBE);
        }
    }

    @Test
    void shouldAnswerHealthWhileThereAreSixThousandConnections() throws Exception {
        int addresses = 12;
        int ofAddress = 500;
        var machine = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        // Both ends of a connection are in this process.
        long files = 2L * addresses * ofAddress + 1_000;
        assumeThat(machine.getMaxFileDescriptorCount() - machine.getOpenFileDescriptorCount())
                .as("files that this process may open")
                .isGreaterThan(files);
        start(Map.of());

        for (int i = 0; i < addresses * ofAddress; i++) {
            // Every other one sends a part of a request.
            connect("127.0.1." + (i % addresses + 1), i % 2 == 0 ? "" : "GET /health/live HTTP/1.1\r\nHost:");
        }

        requireHealth();
        client.found("/v1/items/tea");
        assertThat(sockets).hasSize(addresses * ofAddress);
    }

    /** All of them want to send 16 MB, as much as is read at most of what comes after a refusal. */
    @ParameterizedTest
    @CsvSource({"413, push, 16777216", "401, none, 1000000"})
    void shouldAnswerHealthWhileRefusedClientsGoOnSending(int status, String token, int announced) throws Exception {
        start(Map.of(ApiSettings.TOKENS.name(), "shop:ingest:" + ApiToken.hash("push"), ApiSettings.RATE.name(), "0"));
        for (int i = 0; i < FLOODING_CLIENTS; i++) {
            connect(
                    "127.0.1.1",
                    "POST /v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                            + "Authorization: Bearer " + token + "\r\nContent-Length: " + announced + "\r\n\r\n");
        }
        for (SocketChannel socket : sockets) {
            ByteBuffer answer = ByteBuffer.allocate(12);
            while (answer.hasRemaining() && socket.read(answer) >= 0) {}
            assertThat(new String(answer.array(), StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 " + status);
        }

        CompletableFuture<Long> flood = CompletableFuture.supplyAsync(this::flood);
        requireHealth();

        long sent = flood.get();
        assertThat(sent).as("bytes sent after the refusals").isPositive();
        requireHealth();
    }

    /** Sends on all connections as fast as they take it, until the service has closed all of them. */
    private long flood() {
        ByteBuffer junk = ByteBuffer.allocateDirect(1 << 16);
        long sent = 0;
        try (Selector selector = Selector.open()) {
            for (SocketChannel socket : sockets) {
                socket.configureBlocking(false);
                socket.register(selector, SelectionKey.OP_WRITE);
            }
            while (!selector.keys().isEmpty()) {
                // With a limit, as it would wait for ever once all of them are cancelled.
                selector.select(LONGEST_SELECT_MILLIS);
                for (SelectionKey key : selector.selectedKeys()) {
                    junk.clear();
                    try {
                        sent += ((SocketChannel) key.channel()).write(junk);
                    } catch (IOException e) {
                        // The service has closed the connection.
                        key.cancel();
                    }
                }
                selector.selectedKeys().clear();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return sent;
    }
}
