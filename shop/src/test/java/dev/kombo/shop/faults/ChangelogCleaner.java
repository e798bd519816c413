package dev.kombo.shop.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;

/** Makes brokers compact changelogs within seconds, which by default takes them days, and waits until they have. */
final class ChangelogCleaner {
    /** How long a segment takes records: only older segments are compacted. */
    static final long SEGMENT_MILLIS = 1_000;

    /** Of changelogs. What was deleted is gone as soon as it is compacted, and with it the end of each transaction. */
    static final Map<String, String> SETTINGS = Map.of(
            "kombo.streams.topic.segment.ms", Long.toString(SEGMENT_MILLIS),
            "kombo.streams.topic.min.cleanable.dirty.ratio", "0.001",
            "kombo.streams.topic.delete.retention.ms", "0",
            "kombo.streams.topic.file.delete.delay.ms", "0");

    private ChangelogCleaner() {}

    /** Brokers look for something to compact every half second; by default every 15 seconds. */
    static void checkOften(Site site) throws Exception {
        site.clients()
                .admin()
                .incrementalAlterConfigs(Map.of(
                        new ConfigResource(ConfigResource.Type.BROKER, ""),
                        List.of(new AlterConfigOp(
                                new ConfigEntry("log.cleaner.backoff.ms", "500"), AlterConfigOp.OpType.SET))))
                .all()
                .get();
    }

    /** Ends of the partitions of a changelog that have records. */
    static Map<TopicPartition, Long> ends(Site site, String changelog) {
        try (Consumer<byte[], byte[]> consumer = site.clients().bytes(IsolationLevel.READ_UNCOMMITTED)) {
            Map<TopicPartition, Long> ends =
                    new HashMap<>(consumer.endOffsets(consumer.partitionsFor(changelog).stream()
                            .map(info -> new TopicPartition(info.topic(), info.partition()))
                            .toList()));
            ends.values().removeIf(end -> end == 0);
            return ends;
        }
    }

    /** Waits until a broker has compacted these partitions up to there, or further. */
    static void awaitPassed(Site site, Map<TopicPartition, Long> offsets) throws Exception {
        site.await("compacted up to " + offsets, () -> {
            Map<TopicPartition, Long> cleaned = cleaned(site.brokerLog(0));
            return offsets.entrySet().stream()
                    .allMatch(one -> cleaned.getOrDefault(one.getKey(), 0L) >= one.getValue());
        });
    }

    /** A file of the broker says how far it is with each: a version, a count, and then a line per partition. */
    private static Map<TopicPartition, Long> cleaned(Path log) throws IOException {
        Map<TopicPartition, Long> cleaned = new HashMap<>();
        Path file = log.resolve("cleaner-offset-checkpoint");
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                String[] parts = line.split(" ", -1);
                if (parts.length == 3) {
                    cleaned.put(new TopicPartition(parts[0], Integer.parseInt(parts[1])), Long.parseLong(parts[2]));
                }
            }
        }
        return cleaned;
    }
}
