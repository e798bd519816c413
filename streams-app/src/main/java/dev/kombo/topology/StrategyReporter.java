package dev.kombo.topology;

import dev.kombo.schema.RejectedEvent;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Tells of refused strategies in rejected-event, each once. The global thread judges strategies and cannot send, and
 * Kafka Streams lets no second source read a global topic; so the user task of partition 0, which exists once, sends for
 * it, and stores up to which offset it did. Touched only by the stream thread that owns that task.
 */
final class StrategyReporter {
    private static final String TOLD = "told";

    private final StrategyRefusals refusals;
    private final String topic;
    private final ProcessorContext<String, SpecificRecord> context;
    private final KeyValueStore<String, Long> store;

    StrategyReporter(StrategyRefusals refusals, String topic, ProcessorContext<String, SpecificRecord> context) {
        this.refusals = refusals;
        this.topic = topic;
        this.context = context;
        this.store = context.getStateStore(StoreNames.STRATEGY_REFUSAL);
    }

    /** Sends what was not sent yet; called by a punctuator. */
    void report(long systemTime) {
        if (refusals.latest().isEmpty()) {
            return;
        }
        Long stored = store.get(TOLD);
        long told = stored == null ? -1 : stored;
        for (StrategyRefusals.Refusal refusal : refusals.latest()) {
            if (refusal.offset() > told) {
                context.forward(
                        new Record<String, SpecificRecord>(refusal.key(), rejection(refusal), refusal.recordTime()),
                        NodeNames.USER_WRITE_REJECTION);
                told = refusal.offset();
                store.put(TOLD, told);
            }
        }
    }

    private RejectedEvent rejection(StrategyRefusals.Refusal refusal) {
        return RejectedEvent.newBuilder()
                .setSource(topic)
                .setField("strategy")
                .setReason("invalid-strategy")
                .setDetail(String.join("; ", refusal.problems()))
                .setPayload(refusal.payload())
                .setEventTime(refusal.recordTime())
                .build();
    }
}
