package dev.kombo.shop.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/**
 * A consumer over logs in which some offsets hold records and the others the control markers of transactions, which a
 * poll passes without giving anything, as a real consumer does.
 */
public final class MarkedConsumer extends MockConsumer<byte[], byte[]> {
    private final Map<TopicPartition, Long> ends = new HashMap<>();
    private final Map<TopicPartition, List<Long>> records = new HashMap<>();
    private boolean blocked;

    public MarkedConsumer(String topic, int partitions) {
        super("earliest");
        List<PartitionInfo> infos = new ArrayList<>();
        for (int i = 0; i < partitions; i++) {
            infos.add(new PartitionInfo(topic, i, Node.noNode(), new Node[0], new Node[0]));
            hold(new TopicPartition(topic, i), 0, 0, List.of());
        }
        updatePartitions(topic, infos);
    }

    public void hold(TopicPartition partition, long begin, long end, List<Long> recordOffsets) {
        updateBeginningOffsets(Map.of(partition, begin));
        updateEndOffsets(Map.of(partition, end));
        ends.put(partition, end);
        records.put(partition, recordOffsets);
    }

    /** From now on nothing comes from any poll. */
    public void block() {
        blocked = true;
    }

    public Map<TopicPartition, Long> ends() {
        return endOffsets(ends.keySet());
    }

    public long end(TopicPartition partition) {
        return ends.get(partition);
    }

    @Override
    public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> given = new HashMap<>();
        Collection<TopicPartition> assigned = blocked ? List.of() : assignment();
        for (TopicPartition partition : assigned) {
            long position = position(partition);
            long next = records.get(partition).stream()
                    .filter(offset -> offset >= position)
                    .findFirst()
                    .orElse(-1L);
            if (next >= 0) {
                given.put(
                        partition,
                        List.of(new ConsumerRecord<>(
                                partition.topic(), partition.partition(), next, new byte[0], new byte[0])));
            }
            seek(partition, next >= 0 ? next + 1 : ends.get(partition));
        }
        return new ConsumerRecords<>(given, Map.of());
    }
}
