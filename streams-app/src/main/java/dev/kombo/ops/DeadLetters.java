package dev.kombo.ops;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Keeps dead letters small enough to be sent: the broker bounds what is sent to it compressed, so that a record may be
 * far larger than what Kafka Streams' producer takes. A value that is cut has its true length beside it.
 */
final class DeadLetters {
    /** Header of a dead letter that was cut: the length of the record's value in bytes, in digits. */
    static final String LENGTH = "kombo.value.bytes";

    static final int LONGEST_VALUE = 1 << 20;
    private static final int LONGEST_KEY = 1 << 10;

    private DeadLetters() {}

    /** The same records, keys and values cut where they are too long. */
    static List<ProducerRecord<byte[], byte[]>> bounded(List<ProducerRecord<byte[], byte[]>> letters) {
        return letters.stream().map(DeadLetters::bounded).toList();
    }

    private static ProducerRecord<byte[], byte[]> bounded(ProducerRecord<byte[], byte[]> letter) {
        byte[] key = cut(letter.key(), LONGEST_KEY);
        byte[] value = cut(letter.value(), LONGEST_VALUE);
        ProducerRecord<byte[], byte[]> bounded = new ProducerRecord<>(
                letter.topic(), letter.partition(), letter.timestamp(), key, value, letter.headers());
        if (value != letter.value()) {
            String length = Integer.toString(letter.value().length);
            bounded.headers().add(LENGTH, length.getBytes(StandardCharsets.UTF_8));
        }
        return bounded;
    }

    private static byte[] cut(byte[] bytes, int longest) {
        return bytes == null || bytes.length <= longest ? bytes : Arrays.copyOf(bytes, longest);
    }
}
