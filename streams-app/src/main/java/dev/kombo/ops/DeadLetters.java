package dev.kombo.ops;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Builds dead letters small enough to be sent: the broker limits the compressed size of input records, so a record may
 * be far larger than the limit of Kafka Streams' producer. A truncated value carries its original length in a header.
 */
public final class DeadLetters {
    /** Headers of Kafka Streams (KIP-1034), as text: the origin of the record. */
    public static final String TOPIC = "__streams.errors.topic";

    public static final String PARTITION = "__streams.errors.partition";
    public static final String OFFSET = "__streams.errors.offset";

    /** Header of a truncated dead letter: the original length of the value in bytes, in digits. */
    static final String LENGTH = "kombo.value.bytes";

    /** Setting through which Kafka Streams passes pseudonyms, if any, to the writers of dead letters. */
    public static final String PSEUDONYMS = "kombo.pseudonyms";

    static final int LONGEST_VALUE = 1 << 20;
    private static final int LONGEST_KEY = 1 << 10;
    private static final int LONGEST_REASON = 1 << 12;

    private DeadLetters() {}

    /**
     * Returns a dead letter with the headers that Kafka Streams gives to those that it sends itself (KIP-1034).
     *
     * @param topic of dead letters
     * @param reason the cause, for an operator
     * @param ids pseudonyms, which replace the key
     */
    public static ProducerRecord<byte[], byte[]> of(
            ConsumerRecord<byte[], byte[]> record, String topic, String reason, Pseudonyms ids) {
        ProducerRecord<byte[], byte[]> letter =
                new ProducerRecord<>(topic, null, record.timestamp(), record.key(), record.value(), record.headers());
        letter.headers()
                .add("__streams.errors.exception", cut(text(reason), LONGEST_REASON))
                .add(TOPIC, text(record.topic()))
                .add(PARTITION, text(Integer.toString(record.partition())))
                .add(OFFSET, text(Long.toString(record.offset())));
        return bounded(hidden(letter, ids));
    }

    /**
     * Returns the records with keys and values truncated if they are too long.
     *
     * @param settings of Kafka Streams; with pseudonyms the keys are replaced
     */
    static List<ProducerRecord<byte[], byte[]>> bounded(
            List<ProducerRecord<byte[], byte[]>> letters, Map<String, ?> settings) {
        Pseudonyms ids = (Pseudonyms) settings.get(PSEUDONYMS);
        return letters.stream()
                .map(letter -> bounded(ids == null ? letter : hidden(letter, ids)))
                .toList();
    }

    /** Returns the letters of a record with only those parts of it that could not be processed. */
    static List<ProducerRecord<byte[], byte[]>> of(
            List<ProducerRecord<byte[], byte[]>> letters, PartlyProcessedException partly) {
        return letters.stream()
                .map(letter -> new ProducerRecord<>(
                        letter.topic(),
                        letter.partition(),
                        letter.timestamp(),
                        letter.key(),
                        partly.failed(),
                        letter.headers()))
                .toList();
    }

    private static ProducerRecord<byte[], byte[]> hidden(ProducerRecord<byte[], byte[]> letter, Pseudonyms ids) {
        if (letter.key() == null || !ids.on()) {
            return letter;
        }
        return new ProducerRecord<>(
                letter.topic(),
                letter.partition(),
                letter.timestamp(),
                text(ids.of(new String(letter.key(), StandardCharsets.UTF_8))),
                letter.value(),
                letter.headers());
    }

    private static ProducerRecord<byte[], byte[]> bounded(ProducerRecord<byte[], byte[]> letter) {
        byte[] key = cut(letter.key(), LONGEST_KEY);
        byte[] value = cut(letter.value(), LONGEST_VALUE);
        ProducerRecord<byte[], byte[]> bounded = new ProducerRecord<>(
                letter.topic(), letter.partition(), letter.timestamp(), key, value, letter.headers());
        if (value != letter.value()) {
            bounded.headers().add(LENGTH, text(Integer.toString(letter.value().length)));
        }
        return bounded;
    }

    private static byte[] text(String value) {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] cut(byte[] bytes, int longest) {
        return bytes == null || bytes.length <= longest ? bytes : Arrays.copyOf(bytes, longest);
    }
}
