package dev.kombo.shop.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kombo.config.ApiSettings;
import dev.kombo.config.KomboConfig;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.EventType;
import dev.kombo.service.KomboService;
import dev.kombo.shop.kafka.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of RocksDB that a disk has spoilt: the instance says so, deletes them, and restores at the next start. */
class DamagedStoreIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    Path folder;

    @Test
    void shouldRestoreAtTheNextStartWhenFilesOfStoresAreDamaged() throws Exception {
        KomboConfig config = KomboConfig.of(
                TestCluster.shared().settings("damaged", folder.resolve("state"), ApiSettings.PORT.name(), "0"));
        try (TestClients clients = new TestClients(config)) {
            clients.createTopics(config);
            clients.send(BehaviorEvent.newBuilder()
                    .setEventId("event")
                    .setUserId("user")
                    .setType(EventType.VIEW)
                    .setItemId("item")
                    .setEventTime(1_760_000_000_000L)
                    .build());
            clients.flush();
            try (KomboService service = started(config)) {
                clients.awaitDrained(config);
                assertThat(TestClients.shopper(service, "u:user")).isNotNull();
            }
        }
        spoil();
        assertThatThrownBy(() -> started(config).close()).hasMessageContaining("damaged");
        try (KomboService service = started(config)) {
            assertThat(TestClients.shopper(service, "u:user")).isNotNull();
        }
    }

    private static KomboService started(KomboConfig config) {
        KomboService service = new KomboService(config);
        try {
            service.start();
            service.awaitRunning(PATIENCE);
            return service;
        } catch (RuntimeException e) {
            service.close();
            throw e;
        }
    }

    private void spoil() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("state"))) {
            List<Path> stores =
                    files.filter(file -> file.toString().endsWith(".sst")).toList();
            assertThat(stores).isNotEmpty();
            for (Path file : stores) {
                Files.write(file, new byte[(int) Files.size(file)]);
            }
        }
    }
}
