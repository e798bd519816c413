package dev.kombo.topology.user;

import dev.kombo.config.Topic;
import dev.kombo.metric.KomboMetric;
import dev.kombo.profile.EventRules;
import dev.kombo.profile.ShopperKey;
import dev.kombo.schema.ErasureRequest;
import dev.kombo.topology.common.Partitioning;
import dev.kombo.topology.global.EngineContext;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Erases a user, with the sessions recently linked to the user, or a visitor: the profile is deleted, with preferences,
 * history and open offers, and earlier events that arrive later are ignored. Published records remain until retention
 * deletes them, except for the current offer, which ends.
 */
public final class ErasureProcessor implements Processor<String, ErasureRequest, String, byte[]> {
    private final EngineContext engine;
    private ProcessorContext<String, byte[]> context;
    private Outputs outputs;
    private ShopperErasure erasure;

    public ErasureProcessor(EngineContext engine) {
        this.engine = engine;
    }

    @Override
    public void init(ProcessorContext<String, byte[]> processorContext) {
        context = processorContext;
        ShopperStore shoppers = new ShopperStore(engine, processorContext);
        outputs = new Outputs(engine);
        erasure = new ShopperErasure(engine, processorContext, shoppers, outputs);
    }

    @Override
    public void process(Record<String, ErasureRequest> record) {
        ErasureRequest request = record.value();
        boolean session = request != null && blank(request.getUserId()) && !blank(request.getSessionId());
        if (!session && (request == null || blank(request.getUserId()))) {
            reject(record, "userId", "no-shopper", "the request names neither a user nor a session");
            return;
        }
        String id = session ? request.getSessionId() : request.getUserId();
        int expected = Partitioning.partitionOf(id, engine.topics().partitions());
        if (expected != context.taskId().partition()) {
            reject(
                    record,
                    "key",
                    "wrong-partition",
                    "partition " + context.taskId().partition() + ", the shopper is on " + expected
                            + ": send the request with the id as key and the Java client's partitioner");
            return;
        }
        // A client's clock may be ahead, or count in seconds.
        boolean plausible =
                request.getRequestedAt() >= EventRules.EARLIEST && request.getRequestedAt() <= record.timestamp();
        erasure.forget(
                session ? ShopperKey.ofSession(id) : ShopperKey.ofUser(id),
                plausible ? request.getRequestedAt() : record.timestamp(),
                record.timestamp());
        engine.counters().count(KomboMetric.USERS_ERASED);
    }

    private static boolean blank(String id) {
        return id == null || id.isBlank();
    }

    private void reject(Record<String, ErasureRequest> record, String field, String reason, String detail) {
        engine.counters().count(KomboMetric.ERASURES_REJECTED, reason);
        outputs.clear();
        outputs.rejection(
                record.key(),
                Outputs.rejected(
                        engine.topics().name(Topic.ERASURE_REQUEST),
                        null,
                        new EventRules.Violation(field, reason, detail),
                        record.timestamp()));
        outputs.forward(context, record.timestamp());
    }
}
