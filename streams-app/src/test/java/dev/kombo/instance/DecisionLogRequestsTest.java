package dev.kombo.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.query.http.ApiException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Requests to a broker that accepts connections and never answers. */
class DecisionLogRequestsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    @Test
    void shouldServeOneRequestAtATimeAndTheNextAfterAFailure() throws Exception {
        try (ServerSocket broker = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            DecisionLog log = new DecisionLog(
                    KomboConfig.of(Map.of(
                            ServiceSettings.BOOTSTRAP_SERVERS.name(),
                            "127.0.0.1:" + broker.getLocalPort(),
                            ServiceSettings.REGISTRY_URL.name(),
                            "mock://silent")),
                    new DecisionLog.Limits(1, 1, PATIENCE));
            CompletableFuture<ApiException> first = CompletableFuture.supplyAsync(() -> refused(log));
            try (Socket reading = broker.accept()) {
                assertThat(reading.isConnected()).isTrue();
                assertThat(refused(log)).hasMessageContaining("another request reads");
                assertThat(first.get(1, TimeUnit.MINUTES).getMessage()).doesNotContain("another request");
                assertThat(refused(log).getMessage())
                        .as("a failure lets the next one in")
                        .doesNotContain("another request");
            }
        }
    }

    private static ApiException refused(DecisionLog log) {
        ApiException refused = catchThrowableOfType(ApiException.class, () -> log.diagnosis(StrategyPlan.standard()));
        assertThat(refused.status()).isEqualTo(503);
        return refused;
    }
}
