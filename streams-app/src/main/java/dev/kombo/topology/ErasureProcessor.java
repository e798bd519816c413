package dev.kombo.topology;

import dev.kombo.ops.KomboMetric;
import dev.kombo.profile.EventRules;
import dev.kombo.profile.ShopperKey;
import dev.kombo.profile.ShopperState;
import dev.kombo.schema.ErasureRequest;
import dev.kombo.schema.RejectedEvent;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Forgets a user: the profile goes, with factors, history and open offers, and events of before that come later are left
 * out. What was published stays until it ages, except for the current offer, which ends.
 */
final class ErasureProcessor implements Processor<String, ErasureRequest, String, byte[]> {
    private final EngineContext engine;
    private final int partitions;
    private ProcessorContext<String, byte[]> context;
    private ShopperStore shoppers;
    private Outputs outputs;
    private KeyFailures failures;

    /**
     * @param partitions partitions of erasure-request, the same as of behavior-event
     */
    ErasureProcessor(EngineContext engine, int partitions) {
        this.engine = engine;
        this.partitions = partitions;
    }

    @Override
    public void init(ProcessorContext<String, byte[]> processorContext) {
        context = processorContext;
        shoppers = new ShopperStore(engine, processorContext);
        outputs = new Outputs(engine);
        failures = new KeyFailures(engine.counters(), "shopper");
    }

    @Override
    public void process(Record<String, ErasureRequest> record) {
        ErasureRequest request = record.value();
        if (request == null
                || request.getUserId() == null
                || request.getUserId().isBlank()) {
            reject(record, "userId", "no-shopper", "the request names no user");
            return;
        }
        int expected = Partitioning.partitionOf(request.getUserId(), partitions);
        if (expected != context.taskId().partition()) {
            reject(
                    record,
                    "key",
                    "wrong-partition",
                    "partition " + context.taskId().partition() + ", the user is on " + expected
                            + ": send the request with the user id as key and the Java client's partitioner");
            return;
        }
        String key = ShopperKey.ofUser(request.getUserId());
        if (!failures.attempt(key, context.currentSystemTimeMs(), () -> forget(key, record.timestamp()))) {
            // Nobody can read the profile: timer and visits are gone when their time has come, what is stored is now.
            shoppers.forget(key, null);
        }
        // A client's clock may be ahead, or count in seconds.
        boolean plausible =
                request.getRequestedAt() >= EventRules.EARLIEST && request.getRequestedAt() <= record.timestamp();
        shoppers.erased().add(key, plausible ? request.getRequestedAt() : record.timestamp());
        engine.counters().count(KomboMetric.USERS_ERASED);
    }

    private void forget(String key, long time) {
        ShopperState shopper = shoppers.find(key);
        if (shopper != null) {
            outputs.clear();
            new CurrentOffers(engine).endAll(key, shopper, outputs);
            outputs.forward(context, time);
        }
        // The keys of timer and visits hold the id as well.
        shoppers.forget(key, shopper);
    }

    private void reject(Record<String, ErasureRequest> record, String field, String reason, String detail) {
        RejectedEvent rejection = RejectedEvent.newBuilder()
                .setSource(engine.topics().erasureRequest())
                .setField(field)
                .setReason(reason)
                .setDetail(detail)
                .setEventTime(record.timestamp())
                .build();
        engine.counters().count(KomboMetric.ERASURES_REJECTED, reason);
        outputs.clear();
        outputs.rejection(record.key(), rejection);
        outputs.forward(context, record.timestamp());
    }
}
