package dev.kombo.research.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.console.TopicReader;
import dev.kombo.shop.kafka.EmbeddedKafka;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicTrafficIT {
    private static final String TOPIC = "some-topic";
    private static final String QUIET = "quiet-topic";

    @TempDir
    Path folder;

    @Test
    void shouldCountCommittedRecordsOfTheTimeBetweenAndTheirBytes() throws Exception {
        try (EmbeddedKafka broker = EmbeddedKafka.start(folder);
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
                KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "writer"),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
                KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers",
                                broker.bootstrapServers(),
                                "isolation.level",
                                "read_committed",
                                "enable.auto.commit",
                                false),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 2, (short) 1), new NewTopic(QUIET, 1, (short) 1)))
                    .all()
                    .get();
            producer.initTransactions();
            write(producer, 3, true);
            Map<TopicPartition, Long> from = committedEnds(consumer, admin);
            Map<String, Long> logBefore = TopicTraffic.logBytes(folder.resolve("log"));
            write(producer, 100, true);
            write(producer, 40, false);
            write(producer, 7, true);
            write(producer, 5, false);
            Map<TopicPartition, Long> to = committedEnds(consumer, admin);
            write(producer, 11, true);

            List<String> values = new ArrayList<>();
            Map<String, TopicTraffic.Written> written = TopicTraffic.count(
                    consumer, from, to, record -> values.add(new String(record.value(), StandardCharsets.UTF_8)));

            // Each record: key 2, value 10, header 3 + 4 bytes.
            assertThat(written)
                    .isEqualTo(Map.of(
                            TOPIC, new TopicTraffic.Written(107, 107 * 19L),
                            QUIET, new TopicTraffic.Written(0, 0)));
            assertThat(values).hasSize(107).allMatch("0123456789"::equals);
            assertThat(TopicTraffic.logBytes(folder.resolve("log")).get(TOPIC) - logBefore.get(TOPIC))
                    .isGreaterThan(152 * 19L);
        }
    }

    /** The ends once markers are there for all transactions, which the coordinator writes after it has answered. */
    private static Map<TopicPartition, Long> committedEnds(KafkaConsumer<byte[], byte[]> consumer, Admin admin) {
        List<TopicPartition> partitions = TopicReader.partitions(consumer, List.of(TOPIC, QUIET));
        return Awaitility.await()
                .until(() -> consumer.endOffsets(partitions), ends -> ends.equals(allEnds(admin, ends)));
    }

    private static Map<TopicPartition, Long> allEnds(Admin admin, Map<TopicPartition, Long> like) {
        ListOffsetsResult ends = admin.listOffsets(
                like.keySet().stream().collect(Collectors.toMap(Function.identity(), any -> OffsetSpec.latest())));
        return like.keySet().stream()
                .collect(Collectors.toMap(
                        Function.identity(),
                        one -> ends.partitionResult(one)
                                .toCompletionStage()
                                .toCompletableFuture()
                                .join()
                                .offset()));
    }

    private static void write(KafkaProducer<byte[], byte[]> producer, int count, boolean commit) throws Exception {
        producer.beginTransaction();
        for (int r = 0; r < count; r++) {
            ProducerRecord<byte[], byte[]> record =
                    new ProducerRecord<>(TOPIC, r % 2, bytes("k" + r % 10), bytes("0123456789"));
            record.headers().add("abc", bytes("1234"));
            var unused = producer.send(record);
        }
        producer.flush();
        if (commit) {
            producer.commitTransaction();
        } else {
            producer.abortTransaction();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
