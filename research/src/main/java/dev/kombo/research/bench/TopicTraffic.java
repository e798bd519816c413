package dev.kombo.research.bench;

import dev.kombo.console.TopicReader;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/**
 * Counts the records and bytes that the service wrote to each topic between two moments. Records are counted by reading
 * the committed ones: offsets would include transaction markers and aborted records. Must be called soon after, as
 * compacted records are not counted.
 */
final class TopicTraffic {
    private static final Duration STALL = Duration.ofMinutes(1);

    /**
     * What was written to one topic.
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

    /**
     * Counts what was written between two moments, by topic.
     *
     * @param consumer of committed records; its assignment changes
     * @param from ends at the first moment; a missing partition was created later
     * @param to ends at the second
     * @param each receives every record
     */
    static Map<String, Written> count(
            Consumer<byte[], byte[]> consumer,
            Map<TopicPartition, Long> from,
            Map<TopicPartition, Long> to,
            java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> each) {
        Map<String, Written> written = new TreeMap<>();
        to.keySet().forEach(partition -> written.put(partition.topic(), new Written(0, 0)));
        Map<TopicPartition, Long> starts = new HashMap<>(from);
        to.keySet().forEach(partition -> starts.putIfAbsent(partition, 0L));
        TopicReader.read(consumer, starts, to, STALL, record -> {
            written.computeIfPresent(record.topic(), (topic, before) -> before.plus(record));
            each.accept(record);
        });
        return written;
    }

    /** Current size of each topic in the broker's log in bytes, compressed and with transaction markers. */
    static Map<String, Long> logBytes(Path brokerLog) {
        Map<String, Long> sizes = new HashMap<>();
        // A file or folder that the broker deletes meanwhile has length 0, or no files.
        for (File folder : filesIn(brokerLog.toFile())) {
            int dash = folder.getName().lastIndexOf('-');
            for (File file : dash > 0 ? filesIn(folder) : new File[0]) {
                if (file.getName().endsWith(".log")) {
                    sizes.merge(folder.getName().substring(0, dash), file.length(), Long::sum);
                }
            }
        }
        return sizes;
    }

    private static File[] filesIn(File folder) {
        File[] files = folder.listFiles();
        return files == null ? new File[0] : files;
    }
}
