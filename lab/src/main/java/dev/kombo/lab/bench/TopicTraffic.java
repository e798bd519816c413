package dev.kombo.lab.bench;

import dev.kombo.cli.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/**
 * What was written to topics between two moments. Records are counted by reading them, committed ones only: offsets would
 * count the markers of transactions and what was aborted. To be read soon: what is compacted away is not counted.
 */
final class TopicTraffic {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration STALL = Duration.ofMinutes(1);

    /**
     * What one topic got.
     *
     * @param records committed records
     * @param bytes of their keys, values and headers, before compression
     */
    record Written(long records, long bytes) {
        Written plus(ConsumerRecord<byte[], byte[]> record) {
            long size = Math.max(0L, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
            for (Header header : record.headers()) {
                size += header.key().length() + (header.value() == null ? 0 : header.value().length);
            }
            return new Written(records + 1, bytes + size);
        }
    }

    private TopicTraffic() {}

    /** Ends of the topics now, markers and what is not committed included. */
    static Map<TopicPartition, Long> ends(Consumer<?, ?> consumer, Collection<String> topics) {
        List<TopicPartition> partitions = topics.stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        return new HashMap<>(consumer.endOffsets(partitions));
    }

    /**
     * Counts what was written from one moment to another, topic by topic.
     *
     * @param consumer of committed records; its assignment changes
     * @param from ends at the first moment; a partition that is missing began after it
     * @param to ends at the second
     * @param each told of every record
     */
    static Map<String, Written> count(
            Consumer<byte[], byte[]> consumer,
            Map<TopicPartition, Long> from,
            Map<TopicPartition, Long> to,
            java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> each) {
        Map<String, Written> written = new TreeMap<>();
        List<TopicPartition> grown = to.keySet().stream()
                .filter(partition -> from.getOrDefault(partition, 0L) < to.get(partition))
                .toList();
        to.keySet().forEach(partition -> written.put(partition.topic(), new Written(0, 0)));
        consumer.assign(grown);
        grown.forEach(partition -> consumer.seek(partition, from.getOrDefault(partition, 0L)));
        long movedAt = System.nanoTime();
        while (grown.stream().anyMatch(partition -> consumer.position(partition) < to.get(partition))) {
            var polled = consumer.poll(POLL);
            for (ConsumerRecord<byte[], byte[]> record : polled) {
                if (record.offset() < to.get(new TopicPartition(record.topic(), record.partition()))) {
                    written.computeIfPresent(record.topic(), (topic, before) -> before.plus(record));
                    each.accept(record);
                }
            }
            if (!polled.isEmpty()) {
                movedAt = System.nanoTime();
            } else if (System.nanoTime() - movedAt > STALL.toNanos()) {
                throw CommandException.failure("topics could not be read to their ends: nothing came for "
                        + STALL.toSeconds() + " s; a transaction may be open");
            }
        }
        return written;
    }

    /** Bytes that each topic has in the broker's log now, compressed and with the markers of transactions. */
    static Map<String, Long> logBytes(Path brokerLog) {
        Map<String, Long> sizes = new HashMap<>();
        try (Stream<Path> files = Files.walk(brokerLog, 2)) {
            files.filter(file -> file.toString().endsWith(".log")).forEach(file -> {
                String partition = file.getParent().getFileName().toString();
                int dash = partition.lastIndexOf('-');
                if (dash > 0) {
                    sizes.merge(partition.substring(0, dash), file.toFile().length(), Long::sum);
                }
            });
            return sizes;
        } catch (IOException e) {
            throw CommandException.failure("cannot read the broker's log: " + e.getMessage(), e);
        }
    }
}
