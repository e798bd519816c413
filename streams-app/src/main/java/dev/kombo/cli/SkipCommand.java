package dev.kombo.cli;

import dev.kombo.config.ClientSettings;
import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.config.Topic;
import dev.kombo.config.Topics;
import dev.kombo.console.CommandException;
import dev.kombo.console.TopicReader;
import dev.kombo.ops.DeadLetters;
import dev.kombo.ops.Pseudonyms;
import dev.kombo.service.KomboService;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Skips a record that stops every instance that reads it. Kombo itself sends records that it cannot decode or process
 * to the dead-letter topic, so this is for unforeseen failures.
 */
@Command(
        name = "skip",
        description = "Skips a record that makes the service fail: copies it to the dead-letter topic, and"
                + " moves the service behind it. Stop all instances first.")
final class SkipCommand extends AdminCommand {
    private static final Duration LONGEST_READ = Duration.ofSeconds(30);

    @Parameters(index = "0", paramLabel = "TOPIC", description = "A topic that the service reads.")
    private String topic;

    @Parameters(index = "1", paramLabel = "PARTITION", description = "Partition of the topic, from 0.")
    private int partition;

    @Parameters(
            index = "2",
            paramLabel = "OFFSET",
            description = "Offset of the record, which must be the next one that the service reads.")
    private long offset;

    @Override
    void run(KomboConfig config, Admin admin, PrintWriter out) throws ExecutionException, InterruptedException {
        String group = config.get(ServiceSettings.APPLICATION_ID);
        TopicPartition place = new TopicPartition(topic, partition);
        String deadLetters = Topics.of(config).name(Topic.DEAD_LETTER);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                ClientSettings.producer(config), new ByteArraySerializer(), new ByteArraySerializer())) {
            requireStopped(admin, group);
            OffsetAndMetadata committed = admin.listConsumerGroupOffsets(
                            group, new ListConsumerGroupOffsetsOptions().requireStable(true))
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .get(place);
            if (committed == null && isReadWhole(config)) {
                throw CommandException.mistake(
                        "every instance reads " + topic + " completely, and skips bad records by itself");
            }
            ConsumerRecord<byte[], byte[]> record = next(config, place, committed == null ? -1 : committed.offset());
            // Copy first: a failure in between leaves a second copy, but loses no record.
            producer.send(DeadLetters.of(record, deadLetters, "skipped by an operator", Pseudonyms.of(config)))
                    .get();
            OffsetAndMetadata after = committed == null
                    ? new OffsetAndMetadata(offset + 1)
                    : new OffsetAndMetadata(offset + 1, committed.leaderEpoch(), committed.metadata());
            admin.alterConsumerGroupOffsets(group, Map.of(place, after)).all().get();
        }
        out.printf(
                "Copied %s offset %d to %s; %s continues at offset %d.%n",
                place, offset, deadLetters, group, offset + 1);
    }

    private boolean isReadWhole(KomboConfig config) {
        return KomboService.describe(config).describe().globalStores().stream()
                .anyMatch(store -> store.source().topicSet().contains(topic));
    }

    /**
     * Returns the record to be skipped, if it is the next one of its partition.
     *
     * @param from committed offset, negative if there is none
     */
    private ConsumerRecord<byte[], byte[]> next(KomboConfig config, TopicPartition place, long from) {
        try (TopicReader reader = new TopicReader(config, LONGEST_READ)) {
            ConsumerRecord<byte[], byte[]> next = reader.next(place, from);
            if (next == null) {
                throw CommandException.mistake(
                        "nothing is left to read in " + place + " at offset " + offset + ": it is at its end");
            }
            if (next.offset() != offset) {
                throw CommandException.mistake("the next record of " + place + " that the service will read is at"
                        + " offset " + next.offset() + ", not " + offset);
            }
            return next;
        }
    }
}
