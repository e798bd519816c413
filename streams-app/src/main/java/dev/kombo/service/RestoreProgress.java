package dev.kombo.service;

import dev.kombo.topology.task.StoreCheck;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;

/**
 * Tracks the restoration of stores and of topics that every instance reads completely. Written by threads of Kafka
 * Streams, read by any.
 */
final class RestoreProgress implements StateRestoreListener {
    private static final int WHOLE = 100;

    private final StoreCheck check;
    private final Map<TopicPartition, Long> open = new ConcurrentHashMap<>();
    private final AtomicLong total = new AtomicLong();
    private final AtomicLong done = new AtomicLong();

    /** @param check is called with each restoration before it begins */
    RestoreProgress(StoreCheck check) {
        this.check = check;
    }

    @Override
    public void onRestoreStart(TopicPartition partition, String store, long first, long end) {
        check.restorationStarts(partition, store, first);
        open.put(partition, end - first);
        total.addAndGet(end - first);
    }

    @Override
    public void onBatchRestored(TopicPartition partition, String store, long end, long records) {
        done.addAndGet(records);
    }

    @Override
    public void onRestoreEnd(TopicPartition partition, String store, long records) {
        Long expected = open.remove(partition);
        if (expected != null) {
            // Offsets of compacted records and of transaction markers are not records.
            done.addAndGet(expected - records);
        }
    }

    @Override
    public void onRestoreSuspended(TopicPartition partition, String store, long records) {
        onRestoreEnd(partition, store, records);
    }

    /** Progress in words; empty if nothing is being restored. */
    String text() {
        long all = total.get();
        return open.isEmpty()
                ? ""
                : "%d partitions to restore, %d %% of %,d records done"
                        .formatted(open.size(), all == 0 ? WHOLE : Math.min(WHOLE, WHOLE * done.get() / all), all);
    }
}
