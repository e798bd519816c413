package dev.kombo.topology.shopper;

import dev.kombo.config.Topic;
import dev.kombo.config.Topics;
import dev.kombo.engine.event.EventOutputs.Login;
import dev.kombo.engine.shopper.ScheduleKey;
import dev.kombo.engine.shopper.ShopperInput;
import dev.kombo.engine.shopper.ShopperOutput;
import dev.kombo.engine.shopper.ShopperTables;
import dev.kombo.engine.shopper.ShopperTask;
import dev.kombo.engine.task.Isolation;
import dev.kombo.engine.task.Outputs;
import dev.kombo.engine.task.Table;
import dev.kombo.metric.KomboMetric;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.ErasureRequest;
import dev.kombo.schema.SessionMerge;
import dev.kombo.serde.EventMapper;
import dev.kombo.serde.StoredValues;
import dev.kombo.topology.global.EngineContext;
import dev.kombo.topology.task.KafkaPartitions;
import dev.kombo.topology.task.KafkaTable;
import dev.kombo.topology.task.StoreNames;
import dev.kombo.topology.task.TaskAdapter;
import java.util.Collections;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Connects the shopper task to Kafka. */
public final class ShopperAdapter implements TaskAdapter<SpecificRecord, ShopperInput, ShopperOutput> {
    /**
     * Time between two calls by the clock, in milliseconds, which close orders, end offers and forget sessions: they
     * may be that much late.
     */
    private static final long CARE_INTERVAL_MILLIS = 100;

    private final EngineContext engine;
    private final ShopperRecords records;
    private final String mergeTopic;
    private final String erasureTopic;

    public ShopperAdapter(EngineContext engine, StoredValues stored) {
        this.engine = engine;
        this.records = new ShopperRecords(engine, stored);
        this.mergeTopic = engine.topics().name(Topic.SESSION_MERGE);
        this.erasureTopic = engine.topics().name(Topic.ERASURE_REQUEST);
    }

    /** The keys of the store of timers and visits. */
    public static Serde<ScheduleKey> scheduleKeys() {
        return Serdes.serdeFrom(
                (topic, key) -> key == null ? null : key.bytes(),
                (topic, bytes) -> bytes == null ? null : new ScheduleKey(bytes));
    }

    @Override
    public ShopperTask task(ProcessorContext<?, ?> context, Outputs<ShopperOutput> outputs, Isolation isolation) {
        ShopperTables tables = new ShopperTables(
                table(context, StoreNames.USER_PROFILE),
                table(context, StoreNames.USER_HISTORY),
                table(context, StoreNames.USER_OFFER),
                new KafkaTable<>(context.getStateStore(StoreNames.USER_TIMER)),
                table(context, StoreNames.USER_ERASED));
        KafkaPartitions partitions = new KafkaPartitions(
                engine.topics().partitions(), context.taskId().partition());
        return new ShopperTask(
                tables,
                new ShopperTask.Surroundings(outputs, isolation, partitions, Topics.EVENTS_KEPT_MILLIS),
                engine.settings(),
                engine.models(),
                engine.counters(),
                new FlowSampler(engine.counters(), engine.measurements()));
    }

    private static Table<String, byte[]> table(ProcessorContext<?, ?> context, String store) {
        return new KafkaTable<>(context.getStateStore(store));
    }

    @Override
    public String isolates() {
        return "shopper";
    }

    @Override
    public Cadence cadence() {
        return new Cadence(CARE_INTERVAL_MILLIS, true);
    }

    @Override
    public List<ShopperInput> inputs(Record<String, SpecificRecord> record, String topic) {
        return Collections.singletonList(input(record, topic));
    }

    @Override
    public String commitHook() {
        return StoreNames.USER_COMMIT;
    }

    private ShopperInput input(Record<String, SpecificRecord> record, String topic) {
        if (topic.equals(mergeTopic)) {
            return merge((SessionMerge) record.value(), record.timestamp());
        }
        if (topic.equals(erasureTopic)) {
            ErasureRequest request = (ErasureRequest) record.value();
            return request == null
                    ? new ShopperInput.ErasureAsked(record.key(), null, null, 0, record.timestamp())
                    : new ShopperInput.ErasureAsked(
                            record.key(),
                            request.getUserId(),
                            request.getSessionId(),
                            request.getRequestedAt(),
                            record.timestamp());
        }
        BehaviorEvent event = (BehaviorEvent) record.value();
        return new ShopperInput.Happened(
                record.key(), event == null ? null : EventMapper.toDomain(event), event, record.timestamp());
    }

    private ShopperInput merge(SessionMerge merge, long time) {
        if (merge == null) {
            engine.counters().count(KomboMetric.SESSIONS_LINKED, "empty");
            return null;
        }
        List<Long> erased = merge.getErasedSessions();
        if (!erased.isEmpty()) {
            return merge.getSessionId().isEmpty()
                    ? new ShopperInput.SessionsErased(
                            erased.stream().mapToLong(Long::longValue).toArray(), merge.getEventTime(), time)
                    : new ShopperInput.SessionErased(merge.getSessionId(), merge.getEventTime(), time);
        }
        Login login = new Login(merge.getUserId(), merge.getSessionId(), merge.getEventId(), merge.getEventTime());
        return merge.getShopper() == null
                ? new ShopperInput.SessionAsked(login, time)
                : new ShopperInput.SessionMoved(login, Utils.toArray(merge.getShopper()), time);
    }

    @Override
    public void send(ShopperOutput output, Sender sender) {
        records.send(output, sender);
    }
}
