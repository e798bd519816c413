package dev.kombo.topology.task;

import dev.kombo.config.ServiceSettings;
import dev.kombo.config.Topic;
import dev.kombo.engine.entity.EntityUpdate;
import dev.kombo.engine.item.EntityTables;
import dev.kombo.engine.item.ItemInput;
import dev.kombo.engine.item.ItemOutput;
import dev.kombo.engine.item.ItemOutput.BundleOffered;
import dev.kombo.engine.item.ItemOutput.BundleTakenOut;
import dev.kombo.engine.item.ItemOutput.ModelPublished;
import dev.kombo.engine.item.ItemOutput.ModelRemoved;
import dev.kombo.engine.item.ItemOutput.PriceTold;
import dev.kombo.engine.item.ItemOutput.SuggestionMade;
import dev.kombo.engine.item.ItemOutput.SuggestionWithdrawn;
import dev.kombo.engine.item.ItemOutput.SweepBlock;
import dev.kombo.engine.item.ItemOutput.SweepBlockRemoved;
import dev.kombo.engine.item.ItemOutput.SweepColumns;
import dev.kombo.engine.item.ItemOutput.SweepEnded;
import dev.kombo.engine.item.ItemTask;
import dev.kombo.engine.item.TaskPartition;
import dev.kombo.engine.task.Isolation;
import dev.kombo.engine.task.Outputs;
import dev.kombo.schema.FactorSweep;
import dev.kombo.serde.CatalogMapper;
import dev.kombo.serde.ItemMapper;
import dev.kombo.serde.StoredValues;
import dev.kombo.serde.SweepMapper;
import dev.kombo.topology.global.EngineContext;
import java.util.BitSet;
import java.util.List;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Connects the item tasks to Kafka. */
public final class ItemAdapter implements TaskAdapter<List<ItemInput>, ItemInput, ItemOutput> {
    /** Time between two slices of the work by the clock, in milliseconds, so that events wait for little else. */
    private static final long SLICE_INTERVAL_MILLIS = 20;

    /** Rows of items and bundles that an instance keeps decoded on the heap, some 5 KB each. */
    private static final int DECODED_ROWS = 1 << 14;

    /** Least of them that a task keeps, however many tasks an instance has. */
    private static final int LEAST_DECODED_ROWS = 1 << 9;

    private final EngineContext engine;
    private final Serializer<List<ItemInput>> updates;

    public ItemAdapter(EngineContext engine, StoredValues stored) {
        this.engine = engine;
        this.updates = stored.updates().serializer();
    }

    @Override
    public ItemTask task(ProcessorContext<?, ?> context, Outputs<ItemOutput> outputs, Isolation isolation) {
        int partition = context.taskId().partition();
        int partitions = engine.topics().partitions();
        return new ItemTask(
                new EntityTables(
                        new KafkaTable<>(context.getStateStore(StoreNames.ITEM_STATE)),
                        new KafkaTable<>(context.getStateStore(StoreNames.ITEM_NEIGHBOR)),
                        new KafkaTable<>(context.getStateStore(StoreNames.ITEM_PENDING)),
                        engine.settings().neighbors(),
                        engine.settings().index().popularity(),
                        isolation,
                        Math.max(LEAST_DECODED_ROWS, DECODED_ROWS / partitions)),
                outputs,
                engine.settings(),
                engine.models(),
                new TaskPartition(
                        partition,
                        partitions,
                        entity -> Partitioning.partitionOf(entity, partitions) == partition,
                        engine.settings().get(ServiceSettings.COMMIT_INTERVAL)),
                isolation,
                engine.counters());
    }

    @Override
    public List<ItemInput> inputs(Record<String, List<ItemInput>> record, String topic) {
        List<ItemInput> inputs = record.value();
        if (inputs == null) {
            return List.of();
        }
        // As version 0.2.0 sent it.
        return inputs.size() == 1 && inputs.get(0).entity().isEmpty()
                ? ofKey(record.key(), inputs.get(0).update(), record.timestamp())
                : inputs;
    }

    private static List<ItemInput> ofKey(String entity, EntityUpdate update, long time) {
        return entity == null ? List.of() : List.of(new ItemInput(entity, update, time));
    }

    @Override
    public byte[] withOnly(BitSet parts, List<ItemInput> value, String topic) {
        return updates.serialize(topic, parts.stream().mapToObj(value::get).toList());
    }

    @Override
    public String commitHook() {
        return StoreNames.ITEM_COMMIT;
    }

    @Override
    public Cadence cadence() {
        return new Cadence(SLICE_INTERVAL_MILLIS, true);
    }

    @Override
    public String isolates() {
        return "entity";
    }

    @Override
    public void send(ItemOutput output, Sender sender) {
        if (output instanceof ModelPublished model) {
            sender.send(
                    NodeNames.ITEM_WRITE_MODEL, Topic.ITEM_MODEL, output.key(), ItemMapper.model(model.published()));
        } else if (output instanceof ModelRemoved) {
            sender.send(NodeNames.ITEM_WRITE_MODEL, Topic.ITEM_MODEL, output.key(), null);
        } else if (output instanceof PriceTold price) {
            sender.send(
                    NodeNames.ITEM_WRITE_PRICE,
                    Topic.PRICE_HISTORY,
                    output.key(),
                    CatalogMapper.PRICES.toAvro(price.history()));
        } else if (output instanceof SuggestionMade made) {
            sender.send(
                    NodeNames.ITEM_WRITE_SUGGESTION,
                    Topic.BUNDLE_SUGGESTION,
                    output.key(),
                    CatalogMapper.SUGGESTIONS.toAvro(made.suggestion()));
        } else if (output instanceof SuggestionWithdrawn) {
            sender.send(NodeNames.ITEM_WRITE_SUGGESTION, Topic.BUNDLE_SUGGESTION, output.key(), null);
        } else if (output instanceof BundleOffered offered) {
            sender.send(
                    NodeNames.ITEM_WRITE_BUNDLE,
                    Topic.BUNDLE_CATALOG,
                    output.key(),
                    CatalogMapper.BUNDLES.toAvro(offered.bundle()));
        } else if (output instanceof BundleTakenOut) {
            sender.send(NodeNames.ITEM_WRITE_BUNDLE, Topic.BUNDLE_CATALOG, output.key(), null);
        } else {
            sender.send(NodeNames.ITEM_WRITE_SWEEP, Topic.FACTOR_SWEEP, output.key(), sweep(output));
        }
    }

    /** A record of a sweep; null: a block is removed. */
    private static FactorSweep sweep(ItemOutput output) {
        if (output instanceof SweepBlock block) {
            return SweepMapper.rows(block.partition(), block.generation(), block.partners(), block.vectors());
        }
        if (output instanceof SweepColumns block) {
            return SweepMapper.columns(block.partition(), block.generation(), block.partners(), block.columns());
        }
        if (output instanceof SweepEnded ended) {
            return SweepMapper.sum(ended.sum());
        }
        if (output instanceof SweepBlockRemoved) {
            return null;
        }
        throw new IllegalStateException("no topic takes " + output.getClass());
    }
}
