package dev.kombo.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpServer;
import dev.kombo.client.KomboAvroDeserializer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose fault it is that a record cannot be decoded. */
class DecodingFailuresTest {
    private static final byte[] RECORD = {0, 0, 0, 0, 9, 2, 4};

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "404 | {\"error_code\":40403,\"message\":\"no such schema\"} | false",
                "200 | {\"schema\":\"syntax = proto3\",\"schemaType\":\"PROTOBUF\"} | false",
                "200 | {\"schema\":\"no schema\"} | false",
                "404 | <html>nothing here</html> | true",
                "401 | {\"error_code\":401,\"message\":\"who are you\"} | true",
                "500 | {\"error_code\":50001,\"message\":\"store broken\"} | true"
            })
    void shouldBlameTheRegistryUnlessItAnswersThatItHasNoSuchSchema(int status, String body, boolean registry)
            throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] answer = body.getBytes(StandardCharsets.UTF_8);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        try {
            Throwable failure = failure(server.getAddress().getPort());
            assertThat(failure).isNotNull();
            assertThat(DecodingFailures.registryAtFault(new RuntimeException(failure)))
                    .isEqualTo(registry);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void shouldBlameTheRegistryWhenItIsOutOfReach() {
        assertThat(DecodingFailures.registryAtFault(failure(1))).isTrue();
    }

    @Test
    void shouldBlameTheRecordWhenItIsNoAvro() {
        assertThat(DecodingFailures.registryAtFault(new IllegalArgumentException("no Avro")))
                .isFalse();
    }

    private static Throwable failure(int port) {
        try (KomboAvroDeserializer deserializer = new KomboAvroDeserializer()) {
            deserializer.configure(
                    Map.of("schema.registry.url", "http://127.0.0.1:" + port, "max.retries", "0"), false);
            return catchThrowable(() -> deserializer.deserialize("topic", RECORD));
        }
    }
}
