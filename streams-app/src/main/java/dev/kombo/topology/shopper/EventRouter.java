package dev.kombo.topology.shopper;

import dev.kombo.schema.BehaviorEvent;
import dev.kombo.topology.task.NodeNames;
import dev.kombo.topology.task.Partitioning;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Forwards an event directly if it is on its shopper's partition, and otherwise through a second topic: clients other
 * than Java partition keys differently, and all events of a shopper must reach one task. Correctly partitioned events
 * do not pay for it.
 */
public final class EventRouter implements Processor<String, BehaviorEvent, String, BehaviorEvent> {
    private final int partitions;
    private ProcessorContext<String, BehaviorEvent> context;
    private int partition;

    public EventRouter(int partitions) {
        this.partitions = partitions;
    }

    @Override
    public void init(ProcessorContext<String, BehaviorEvent> processorContext) {
        context = processorContext;
        partition = processorContext.taskId().partition();
    }

    @Override
    public void process(Record<String, BehaviorEvent> event) {
        String id = partitionId(event.value());
        if (id == null || Partitioning.partitionOf(id, partitions) == partition) {
            context.forward(event, NodeNames.USER_PROCESS_EVENT);
        } else {
            context.forward(event.withKey(id), NodeNames.USER_WRITE_REKEYED);
        }
    }

    private static String partitionId(BehaviorEvent event) {
        if (event == null) {
            return null;
        }
        return event.getUserId() != null ? event.getUserId() : event.getSessionId();
    }
}
