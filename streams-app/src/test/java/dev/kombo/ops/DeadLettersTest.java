package dev.kombo.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.config.KomboConfig;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class DeadLettersTest {
    private static final int SENT = 3 * DeadLetters.LONGEST_VALUE;

    @Test
    void shouldCutWhatIsTooLongToBeSentAndTellHowLongItWas() {
        ProducerRecord<byte[], byte[]> letter = letter(new byte[SENT], "r".repeat(SENT));

        assertThat(letter.value()).hasSize(DeadLetters.LONGEST_VALUE);
        assertThat(letter.headers().lastHeader(DeadLetters.LENGTH).value())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo(Integer.toString(SENT));
        assertThat(letter.key()).hasSizeLessThan(SENT);
        assertThat(letter.headers())
                .allSatisfy(header -> assertThat(header.value()).hasSizeLessThan(SENT));
    }

    @Test
    void shouldSendWhatIsShortAsItCame() {
        ProducerRecord<byte[], byte[]> letter = letter(new byte[] {1, 2}, "no record");

        assertThat(letter.value()).containsExactly(1, 2);
        assertThat(letter.headers().lastHeader(DeadLetters.LENGTH)).isNull();
    }

    private static ProducerRecord<byte[], byte[]> letter(byte[] value, String reason) {
        return DeadLetters.of(
                new ConsumerRecord<>(
                        "topic",
                        0,
                        7,
                        1_000,
                        TimestampType.CREATE_TIME,
                        SENT,
                        value.length,
                        new byte[SENT],
                        value,
                        new RecordHeaders(),
                        Optional.empty()),
                "dead-letter",
                reason,
                Pseudonyms.of(KomboConfig.of(Map.of())));
    }
}
