package dev.kombo.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

class ClientSettingsTest {
    @Test
    void shouldGiveEachClientWhatItReadsAndWhatPluginsMayRead() {
        KomboConfig config = KomboConfig.of(Map.of(
                "kombo.streams.sasl.jaas.config", "login;",
                "kombo.streams.shop.vault.address", "vault",
                "kombo.streams.num.standby.replicas", "1",
                "kombo.streams.fetch.max.bytes", "1000",
                "kombo.streams.topic.segment.ms", "1000",
                "kombo.streams.producer.shop.vault.role", "writer",
                "kombo.streams.admin.retries", "7"));
        List<Map<String, Object>> all =
                List.of(ClientSettings.admin(config), ClientSettings.producer(config), ClientSettings.consumer(config));

        assertThat(all)
                .allSatisfy(settings -> assertThat(settings)
                        .containsEntry("sasl.jaas.config", "login;")
                        .containsEntry("shop.vault.address", "vault")
                        .doesNotContainKeys(
                                "num.standby.replicas",
                                "topic.segment.ms",
                                "producer.shop.vault.role",
                                "admin.retries"));
        assertThat(all)
                .filteredOn(settings -> settings.containsKey("fetch.max.bytes"))
                .containsExactly(all.get(2));
        assertThat(all)
                .filteredOn(settings -> settings.containsKey("shop.vault.role"))
                .containsExactly(all.get(1));
        assertThat(all.get(0)).containsEntry("retries", "7");
    }

    @Test
    void shouldNotLetACallBeShorterThanARequestOfTheConfiguration() {
        assertThat(ClientSettings.admin(KomboConfig.of(Map.of()), 20_000))
                .containsEntry("default.api.timeout.ms", 20_000);
        KomboConfig patient = KomboConfig.of(Map.of("kombo.streams.request.timeout.ms", "90000"));
        assertThatCode(() -> Admin.create(ClientSettings.admin(patient, 20_000)).close())
                .doesNotThrowAnyException();
    }
}
