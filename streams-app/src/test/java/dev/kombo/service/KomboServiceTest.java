package dev.kombo.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KomboServiceTest {
    @TempDir
    Path folder;

    @Test
    void shouldDescribeTheTopologyThatItRuns() {
        KomboConfig config = KomboConfig.of(Map.of(
                ServiceSettings.STATE_DIR.name(),
                folder.toString(),
                ServiceSettings.REGISTRY_URL.name(),
                "mock://describe"));
        try (KomboService service = new KomboService(config)) {
            assertThat(service.streams().state()).isEqualTo(KafkaStreams.State.CREATED);
            assertThat(service.topology().describe())
                    .isEqualTo(KomboService.describe(config).describe());
        }
    }
}
