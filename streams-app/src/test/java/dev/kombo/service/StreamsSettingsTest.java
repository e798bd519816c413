package dev.kombo.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.config.KomboConfig;
import dev.kombo.ops.DecodingFailures;
import dev.kombo.ops.ProcessingFailures;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

class StreamsSettingsTest {
    @Test
    void shouldBeExactlyOnceWithALowLingerAndADeadLetterTopic() {
        Properties settings = StreamsSettings.of(KomboConfig.of(Map.of(KomboConfig.TOPIC_PREFIX, "shop.")));
        assertThat(settings)
                .containsEntry(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, "exactly_once_v2")
                .containsEntry("producer.linger.ms", 5)
                .containsEntry(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true)
                .containsEntry(StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG, "shop.dead-letter")
                .containsEntry(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, DecodingFailures.class)
                .containsEntry(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, ProcessingFailures.class)
                .containsEntry("processing.exception.handler.global.enabled", true);
        assertThat(new StreamsConfig(settings).getProducerConfigs("client"))
                .containsEntry("linger.ms", 5)
                .containsEntry("compression.type", "lz4");
    }

    @Test
    void shouldLetTheOperatorsOwnSettingsWin() {
        Properties settings = StreamsSettings.of(KomboConfig.of(
                Map.of("kombo.streams.producer.linger.ms", "50", "kombo.streams.num.standby.replicas", "2")));
        assertThat(settings).containsEntry("producer.linger.ms", "50").containsEntry("num.standby.replicas", "2");
    }
}
