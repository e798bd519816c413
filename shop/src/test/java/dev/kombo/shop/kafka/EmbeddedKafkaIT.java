package dev.kombo.shop.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.kombo.console.CommandException;
import dev.kombo.shop.kafka.BrokerSettings.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaIT {

    private static final String TOPIC = "behavior-event";
    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);
    private static final String GROUP = "reader";

    @TempDir
    Path folder;

    @Test
    void shouldKeepTransactionsOffsetsAndAddressWhenRestarted() throws Exception {
        Set<Thread> before = nonDaemonThreads();
        String address;
        try (EmbeddedKafka broker = EmbeddedKafka.start(folder)) {
            address = broker.bootstrapServers();
            Records.createTopic(broker.bootstrapServers(), TOPIC);
            commitThenAbort(broker);
            assertThat(Records.readCommitted(broker.bootstrapServers(), TOPIC)).containsExactly("bought");
        }
        await().pollInSameThread()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(nonDaemonThreads()).isSubsetOf(before));

        EmbeddedKafka again = EmbeddedKafka.start(folder);
        try (again) {
            assertThat(again.bootstrapServers()).isEqualTo(address);
            assertThat(committedOffset(again)).isEqualTo(7);
            Records.send(again.bootstrapServers(), TOPIC, List.of("viewed"));
            assertThat(Records.readCommitted(again.bootstrapServers(), TOPIC)).containsExactly("bought", "viewed");
        }
        again.close();
    }

    @Test
    void shouldNameThePortWhenAnotherProgramHasTakenIt() throws Exception {
        int port = Ports.findFree(0);
        Files.writeString(folder.resolve(EmbeddedKafka.PORT_FILE), Integer.toString(port));
        try (ServerSocket other = listenOn(port)) {
            assertThat(other.isBound()).isTrue();
            assertThatThrownBy(() -> EmbeddedKafka.start(folder))
                    .isInstanceOf(CommandException.class)
                    .hasMessageContaining("Port " + port);
        }
        try (EmbeddedKafka broker = EmbeddedKafka.start(folder)) {
            assertThat(broker.bootstrapServers()).isEqualTo("127.0.0.1:" + port);
        }
    }

    @Test
    void shouldReleaseTheFolderWhenKafkaRefusesASetting() {
        Map<String, String> wrong = Map.of("num.io.threads", "many");
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(() -> EmbeddedKafka.start(folder, wrong))
                    .isInstanceOf(CommandException.class)
                    .hasMessageContaining("num.io.threads");
        }
    }

    private static void commitThenAbort(EmbeddedKafka broker) {
        Map<String, Object> transactional = Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "writer");
        try (KafkaProducer<String, String> producer = Records.producer(broker.bootstrapServers(), transactional);
                KafkaConsumer<String, String> member = Records.consumer(broker.bootstrapServers(), GROUP)) {
            producer.initTransactions();
            producer.beginTransaction();
            Future<RecordMetadata> bought = producer.send(new ProducerRecord<>(TOPIC, "bought"));
            producer.sendOffsetsToTransaction(Map.of(PARTITION, new OffsetAndMetadata(7)), member.groupMetadata());
            producer.commitTransaction();
            assertThat(bought).isDone();
            producer.beginTransaction();
            Future<RecordMetadata> undone = producer.send(new ProducerRecord<>(TOPIC, "never happened"));
            producer.flush();
            assertThat(undone).succeedsWithin(Duration.ZERO);
            producer.abortTransaction();
        }
    }

    private static long committedOffset(EmbeddedKafka broker) throws Exception {
        try (Admin admin =
                Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()))) {
            return admin.listConsumerGroupOffsets(GROUP)
                    .partitionsToOffsetAndMetadata()
                    .get(30, TimeUnit.SECONDS)
                    .get(PARTITION)
                    .offset();
        }
    }

    private static ServerSocket listenOn(int port) throws IOException {
        return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
    }

    private static Set<Thread> nonDaemonThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.isDaemon())
                .collect(Collectors.toSet());
    }
}
