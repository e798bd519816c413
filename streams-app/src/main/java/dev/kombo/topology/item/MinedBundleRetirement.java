package dev.kombo.topology.item;

import dev.kombo.catalog.Entity;
import dev.kombo.catalog.EntityModel;
import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.config.ServiceSettings;
import dev.kombo.learning.mining.MinedBundle;
import dev.kombo.learning.mining.Suggestion;
import dev.kombo.learning.mining.SuggestionDecisions;
import dev.kombo.ops.KomboMetric;
import dev.kombo.schema.ItemNeighbors;
import dev.kombo.serde.ItemMapper;
import dev.kombo.topology.common.NodeNames;
import dev.kombo.topology.common.Partitioning;
import dev.kombo.topology.common.StoreNames;
import dev.kombo.topology.global.EngineContext;
import java.util.Collections;
import java.util.Iterator;
import java.util.concurrent.atomic.LongAdder;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Withdraws mined bundles that closed orders no longer support and that offers do not sell; bundles that a person
 * approved stay. Each bundle belongs to the task of its first member, which proposed it. After each walk over the rows
 * all bundles are examined, a few at a time. Not thread-safe; used by the stream thread that owns the partition.
 */
final class MinedBundleRetirement {
    private static final int AT_ONCE = 20;
    /** Least number of conversions, which decay with the half-life of engagement. */
    private static final double LEAST_SOLD = 1;

    private final EngineContext engine;
    private final BundleFinder finder;
    private final ProcessorContext<String, SpecificRecord> context;
    private final KeyValueStore<String, ItemNeighbors> neighbors;
    private final LongAdder withdrawn;
    private Iterator<Suggestion> open = Collections.emptyIterator();

    MinedBundleRetirement(EngineContext engine, ProcessorContext<String, SpecificRecord> context) {
        this.engine = engine;
        this.finder = new BundleFinder(engine);
        this.context = context;
        this.neighbors = context.getStateStore(StoreNames.ITEM_NEIGHBOR);
        this.withdrawn = engine.counters().counter(KomboMetric.BUNDLES_WITHDRAWN);
    }

    /** Begins again with the first bundle. */
    void begin() {
        open = engine.models().suggestions().all();
    }

    /** Examines the next few bundles. */
    void look() {
        for (int i = 0; i < AT_ONCE && open.hasNext(); i++) {
            MinedBundle bundle = open.next().bundle();
            if (owned(bundle) && !approved(bundle) && !supported(bundle) && !sells(bundle.id())) {
                withdraw(bundle.id());
            }
        }
    }

    private boolean owned(MinedBundle bundle) {
        int partitions = engine.settings().get(ServiceSettings.TOPIC_PARTITIONS);
        String proposer = Entity.ofItem(bundle.members().get(0));
        return Partitioning.partitionOf(proposer, partitions)
                == context.taskId().partition();
    }

    private boolean approved(MinedBundle bundle) {
        return engine.models().suggestions().decision(bundle.id()) == SuggestionDecisions.Decision.APPROVED;
    }

    private boolean supported(MinedBundle bundle) {
        String proposer = bundle.members().get(0);
        ItemNeighbors stored = neighbors.get(Entity.ofItem(proposer));
        return finder.supports(
                bundle, ItemMapper.neighbors(proposer, stored, engine.settings().neighbors()));
    }

    /**
     * Whether offers sell the bundle. Orders caused by an offer do not count as support, so such a bundle may lack
     * support.
     */
    private boolean sells(String id) {
        EntityModel model = engine.models().catalog().model(Entity.ofBundle(id));
        return model != null && model.responses().conversions() >= LEAST_SOLD;
    }

    private void withdraw(String id) {
        long now = context.currentSystemTimeMs();
        context.forward(new Record<String, SpecificRecord>(id, null, now), NodeNames.ITEM_WRITE_SUGGESTION);
        BundleEntry offered = engine.models().catalog().bundle(id);
        // A stopped bundle stays in the catalogue; otherwise it would be offered again as soon as it has support again.
        if (offered != null && offered.mined() && !offered.bundle().stopped()) {
            context.forward(new Record<String, SpecificRecord>(id, null, now), NodeNames.ITEM_WRITE_BUNDLE);
        }
        withdrawn.increment();
    }
}
