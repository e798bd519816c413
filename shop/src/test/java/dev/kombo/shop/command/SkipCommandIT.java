package dev.kombo.shop.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.config.KomboConfig;
import dev.kombo.config.PrivacySettings;
import dev.kombo.config.ServiceSettings;
import dev.kombo.config.Topic;
import dev.kombo.config.Topics;
import dev.kombo.console.TopicAdmin;
import dev.kombo.ops.Pseudonyms;
import dev.kombo.shop.kafka.EmbeddedKafka;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Skipping a record on a real broker, with a plain consumer in the service's place. */
@Timeout(90)
class SkipCommandIT {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int RECORDS = 3;
    private static final Map<String, String> PRIVACY = Map.of(PrivacySettings.KEY.name(), "k".repeat(32));

    @TempDir
    private Path folder;

    @Test
    void shouldMoveOnlyAStoppedServiceAndOnlyPastItsNextRecord() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder)) {
            KomboConfig config =
                    KomboConfig.of(Map.of(ServiceSettings.BOOTSTRAP_SERVERS.name(), kafka.bootstrapServers()));
            Topics topics = Topics.of(config);
            try (TopicAdmin admin = new TopicAdmin(config)) {
                admin.createMissing(topics.all());
            }
            TopicPartition place = new TopicPartition(topics.name(Topic.BEHAVIOR_EVENT), 0);
            Map<String, Object> client = Map.of(
                    "bootstrap.servers", kafka.bootstrapServers(),
                    "group.id", config.get(ServiceSettings.APPLICATION_ID),
                    "auto.offset.reset", "earliest");
            try (KafkaProducer<String, String> producer =
                            new KafkaProducer<>(client, new StringSerializer(), new StringSerializer());
                    KafkaConsumer<String, String> service =
                            new KafkaConsumer<>(client, new StringDeserializer(), new StringDeserializer())) {
                for (int i = 0; i < RECORDS; i++) {
                    producer.send(new ProducerRecord<>(place.topic(), 0, "key-" + i, "value-" + i))
                            .get();
                }
                assertThat(skip(kafka, place.topic(), 1).err.toString())
                        .as("nothing is committed so far")
                        .contains("is at offset 0, not 1");
                assertThat(skip(kafka, place.topic(), 0).out.toString()).contains("continues at offset 1");

                service.subscribe(List.of(place.topic()));
                while (!service.assignment().contains(place)) {
                    service.poll(POLL);
                }
                service.commitSync(Map.of(place, new OffsetAndMetadata(1, "the service's own")));
                assertThat(skip(kafka, place.topic(), 1).err.toString()).contains("stop all instances");
                service.unsubscribe();

                assertThat(skip(kafka, topics.name(Topic.ITEM_CATALOG), 0).err.toString())
                        .contains("every instance reads item-catalog completely");
                assertThat(skip(kafka, place.topic(), 2).err.toString()).contains("is at offset 1, not 2");
                CommandConsole skipped = skip(kafka, place.topic(), 1);
                assertThat(skipped.out.toString())
                        .contains("Copied behavior-event-0 offset 1 to dead-letter", "continues at offset 2");
                assertThat(service.committed(Set.of(place)).get(place))
                        .satisfies(after -> assertThat(after.offset()).isEqualTo(2))
                        .satisfies(after -> assertThat(after.metadata()).isEqualTo("the service's own"));

                ConsumerRecord<String, String> copy = onlyRecord(service, topics.name(Topic.DEAD_LETTER));
                assertThat(copy.key())
                        .isEqualTo(Pseudonyms.of(KomboConfig.of(PRIVACY)).of("key-0"));
                assertThat(copy.value()).isEqualTo("value-0");
                assertThat(header(copy, "__streams.errors.topic")).isEqualTo("behavior-event");
                assertThat(header(copy, "__streams.errors.offset")).isEqualTo("0");
                assertThat(skip(kafka, place.topic(), 2).out.toString()).contains("continues at offset 3");
                assertThat(skip(kafka, place.topic(), 3).err.toString()).contains("it is at its end");
            }
        }
    }

    private static CommandConsole skip(EmbeddedKafka kafka, String topic, long offset) {
        CommandConsole console = new CommandConsole();
        console.run(
                "skip",
                topic,
                "0",
                Long.toString(offset),
                "-D",
                ServiceSettings.BOOTSTRAP_SERVERS.name() + "=" + kafka.bootstrapServers(),
                "-D",
                PrivacySettings.KEY.name() + "=" + PRIVACY.get(PrivacySettings.KEY.name()));
        return console;
    }

    private static ConsumerRecord<String, String> onlyRecord(KafkaConsumer<String, String> consumer, String topic) {
        List<TopicPartition> places = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(places);
        consumer.seekToBeginning(places);
        for (; ; ) {
            for (ConsumerRecord<String, String> record : consumer.poll(POLL)) {
                return record;
            }
        }
    }

    private static String header(ConsumerRecord<?, ?> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
