package dev.kombo.lab.replay;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.common.IsolationLevel;

/** Counts what topics hold, as a plain consumer of committed records sees it. */
public final class TopicCounts {
    private final TopicLog log;

    public TopicCounts(TopicLog log) {
        this.log = log;
    }

    /** Number of records of a topic. */
    public long records(String topic) {
        long[] count = {0};
        log.read(topic, IsolationLevel.READ_COMMITTED, any -> count[0]++);
        return count[0];
    }

    /** Number of keys of a compacted topic whose last value is not null. */
    public long liveKeys(String topic) {
        Set<ByteBuffer> keys = new HashSet<>();
        log.read(topic, IsolationLevel.READ_COMMITTED, holder -> {
            ByteBuffer key = ByteBuffer.wrap(holder.key());
            if (holder.value() == null) {
                keys.remove(key);
            } else {
                keys.add(key);
            }
        });
        return keys.size();
    }
}
