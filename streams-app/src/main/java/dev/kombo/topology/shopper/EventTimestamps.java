package dev.kombo.topology.shopper;

import dev.kombo.schema.BehaviorEvent;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * Extracts the event's own time, unless it is too far ahead of its record; then the partition's time, since a record
 * that is rejected later still advances stream time.
 */
public final class EventTimestamps implements TimestampExtractor {
    private final long futureTolerance;

    /**
     * @param futureTolerance how far an event may be ahead of its record, in milliseconds
     */
    public EventTimestamps(long futureTolerance) {
        this.futureTolerance = futureTolerance;
    }

    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        if (record.value() instanceof BehaviorEvent event) {
            long time = event.getEventTime();
            if (time > 0 && (record.timestamp() < 0 || time <= record.timestamp() + futureTolerance)) {
                return time;
            }
        }
        // At most the record's own time; otherwise the check that follows would measure against the partition's.
        long recordTime = Math.max(0, record.timestamp());
        return partitionTime >= 0 ? Math.min(partitionTime, recordTime) : recordTime;
    }
}
