package dev.kombo.service;

import dev.kombo.topology.task.StoreCheck;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StandbyUpdateListener;
import org.apache.kafka.streams.processor.TaskId;

/** Has a standby's store checked before it begins to follow its changelog. */
final class StandbyProgress implements StandbyUpdateListener {
    private final StoreCheck check;

    StandbyProgress(StoreCheck check) {
        this.check = check;
    }

    @Override
    public void onUpdateStart(TopicPartition changelog, String store, long first) {
        check.restorationStarts(changelog, store, first);
    }

    @Override
    public void onBatchLoaded(
            TopicPartition changelog, String store, TaskId task, long offset, long records, long endOffset) {}

    @Override
    public void onUpdateSuspended(
            TopicPartition changelog, String store, long offset, long endOffset, SuspendReason reason) {}
}
