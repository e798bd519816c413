package dev.kombo.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.config.ApiSettings;
import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.ops.DecodingFailures;
import dev.kombo.ops.ProcessingFailures;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamsSettingsTest {
    @Test
    void shouldBeExactlyOnceWithTheCommitsLingerAndADeadLetterTopic() {
        Properties settings = StreamsSettings.of(KomboConfig.of(Map.of(ServiceSettings.TOPIC_PREFIX.name(), "shop.")));
        assertThat(settings)
                .containsEntry(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, "exactly_once_v2")
                .containsEntry("producer.linger.ms", 100)
                .containsEntry(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true)
                .containsEntry(StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG, "shop.dead-letter")
                .containsEntry(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, DecodingFailures.class)
                .containsEntry(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, ProcessingFailures.class)
                .containsEntry("processing.exception.handler.global.enabled", true);
        assertThat(new StreamsConfig(settings).getProducerConfigs("client"))
                .containsEntry("linger.ms", 100)
                .containsEntry("compression.type", "snappy");
    }

    @Test
    void shouldTellTheAssignorOfTasksThatTheGlobalThreadHandlesFailures() {
        StreamsConfig streams = new StreamsConfig(StreamsSettings.of(KomboConfig.of(Map.of())));

        // The assignor makes its own StreamsConfig of these, which warns where it is not set.
        assertThat(streams.getMainConsumerConfigs("group", "client", 1))
                .containsEntry("processing.exception.handler.global.enabled", true);
    }

    @Test
    void shouldLetTheOperatorsOwnSettingsWin() {
        Properties settings = StreamsSettings.of(KomboConfig.of(
                Map.of("kombo.streams.producer.linger.ms", "50", "kombo.streams.num.standby.replicas", "2")));
        assertThat(settings).containsEntry("producer.linger.ms", "50").containsEntry("num.standby.replicas", "2");
    }

    @Test
    void shouldFetchLittleAtOnceUnlessTheOperatorSaysHowMuch() {
        Map<String, String> own = Map.of("kombo.streams.consumer.max.partition.fetch.bytes", "4096");

        assertThat(new StreamsConfig(StreamsSettings.of(KomboConfig.of(Map.of()))).getMainConsumerConfigs("g", "c", 1))
                .containsEntry("max.partition.fetch.bytes", 65_536);
        assertThat(new StreamsConfig(StreamsSettings.of(KomboConfig.of(own))).getMainConsumerConfigs("g", "c", 1))
                .containsEntry("max.partition.fetch.bytes", "4096");
    }

    @ParameterizedTest
    @CsvSource({
        "kombo.instance.name, kombo-0, 200",
        "kombo.streams.fetch.max.wait.ms, 300, 300",
        "kombo.streams.consumer.fetch.max.wait.ms, 300, 300"
    })
    void shouldNotWaitForHalfASecondPerPartitionOfTheGlobalTopicsUnlessTheOperatorSaysSo(
            String name, String value, String wait) {
        StreamsConfig streams = new StreamsConfig(StreamsSettings.of(KomboConfig.of(Map.of(name, value))));

        assertThat(String.valueOf(streams.getGlobalConsumerConfigs("c").get("fetch.max.wait.ms")))
                .isEqualTo(wait);
        assertThat(String.valueOf(streams.getRestoreConsumerConfigs("c").get("fetch.max.wait.ms")))
                .isEqualTo(wait);
    }

    @Test
    void shouldKeepThePlaceInTheGroupOfAnInstanceWithAName() {
        KomboConfig named = KomboConfig.of(Map.of(
                ServiceSettings.INSTANCE_NAME.name(), "kombo-0", ServiceSettings.SESSION_TIMEOUT.name(), "8000"));
        KomboConfig nameless = KomboConfig.of(Map.of());

        assertThat(StreamsSettings.keepsItsPlace(named)).isTrue();
        assertThat(new StreamsConfig(StreamsSettings.of(named)).getMainConsumerConfigs("group", "client", 1))
                .containsEntry("group.instance.id", "kombo-0-1")
                .containsEntry("session.timeout.ms", 8000)
                .containsEntry("heartbeat.interval.ms", 2000);
        assertThat(StreamsSettings.keepsItsPlace(nameless)).isFalse();
        assertThat(new StreamsConfig(StreamsSettings.of(nameless)).getMainConsumerConfigs("group", "client", 1))
                .doesNotContainKey("group.instance.id")
                .containsEntry("session.timeout.ms", 10_000);
    }

    @Test
    void shouldLetATransactionLastLongerThanTheTimeBetweenTwoCommits() {
        KomboConfig rare = KomboConfig.of(Map.of(ServiceSettings.COMMIT_INTERVAL.name(), "60000"));

        assertThat(new StreamsConfig(StreamsSettings.of(rare)).getProducerConfigs("client"))
                .containsEntry("transaction.timeout.ms", 120_000);
    }

    @Test
    void shouldTellOtherInstancesWhereThisOneIs() {
        KomboConfig config = KomboConfig.of(Map.of(
                ApiSettings.ADVERTISED.name(),
                "kombo-0.kombo:7700",
                ApiSettings.PEER_SECRET.name(),
                "known to all instances"));

        assertThat(StreamsSettings.of(config)).containsEntry("application.server", "kombo-0.kombo:7700");
        assertThat(StreamsSettings.applicationServer(config)).isEqualTo("kombo-0.kombo:7700");
        assertThat(StreamsSettings.applicationServer(KomboConfig.of(Map.of()))).isEmpty();
        assertThat(StreamsSettings.applicationServer(
                        KomboConfig.of(Map.of("kombo.streams.application.server", "other:1"))))
                .isEqualTo("other:1");
    }

    @Test
    void shouldHandTlsAndSaslToAllClientsOfKafkaStreams() {
        Map<String, String> security = Map.of(
                "security.protocol", "SASL_SSL",
                "ssl.truststore.location", "/etc/kombo/trust.p12",
                "ssl.truststore.password", "changeit",
                "sasl.mechanism", "SCRAM-SHA-512",
                "sasl.jaas.config", "org.apache.kafka.common.security.scram.ScramLoginModule required;");
        Map<String, String> settings = new HashMap<>();
        security.forEach((name, value) -> settings.put(KomboConfig.STREAMS_PREFIX + name, value));
        StreamsConfig streams = new StreamsConfig(StreamsSettings.of(KomboConfig.of(settings)));

        assertThat(streams.getMainConsumerConfigs("group", "client", 1)).containsAllEntriesOf(security);
        assertThat(streams.getGlobalConsumerConfigs("client")).containsAllEntriesOf(security);
        assertThat(streams.getRestoreConsumerConfigs("client")).containsAllEntriesOf(security);
        assertThat(streams.getProducerConfigs("client")).containsAllEntriesOf(security);
        assertThat(streams.getAdminConfigs("client")).containsAllEntriesOf(security);
    }
}
