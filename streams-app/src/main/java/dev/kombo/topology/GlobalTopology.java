package dev.kombo.topology;

import dev.kombo.catalog.CatalogIndex;
import dev.kombo.learning.Factors;
import dev.kombo.ranking.Signal;
import dev.kombo.schema.Bundle;
import dev.kombo.schema.Item;
import dev.kombo.schema.ItemModel;
import dev.kombo.schema.RankerModel;
import dev.kombo.schema.Strategy;
import dev.kombo.serde.CatalogMapper;
import dev.kombo.serde.Floats;
import dev.kombo.serde.StrategyMapper;
import dev.kombo.tracking.StrategyPlan;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.Stores;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What every instance holds whole, since scoring needs all of it: catalogue, models, ranker, strategy. Apart from the
 * other sub-topologies because it is read by every instance from every partition.
 */
final class GlobalTopology {
    private static final Logger LOG = LoggerFactory.getLogger(GlobalTopology.class);

    private final EngineContext engine;

    GlobalTopology(EngineContext engine) {
        this.engine = engine;
    }

    void addTo(Topology topology) {
        add(topology, StoreNames.ITEM_CATALOG, engine.topics().itemCatalog(), Item.class, this::item);
        add(topology, StoreNames.BUNDLE_CATALOG, engine.topics().bundleCatalog(), Bundle.class, this::bundle);
        add(topology, StoreNames.ITEM_MODEL, engine.topics().itemModel(), ItemModel.class, this::model);
        add(topology, StoreNames.RANKER_MODEL, engine.topics().rankerModel(), RankerModel.class, this::ranker);
        add(topology, StoreNames.STRATEGY, engine.topics().strategy(), Strategy.class, this::strategy);
    }

    private <V extends SpecificRecord> void add(
            Topology topology, String name, String topic, Class<V> type, GlobalIndexer.Index<V> index) {
        topology.addGlobalStore(
                Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
                        .withLoggingDisabled(),
                NodeNames.GLOBAL_READ + name,
                Serdes.String().deserializer(),
                engine.serdes().value(type).deserializer(),
                topic,
                NodeNames.GLOBAL_INDEX + name,
                () -> new GlobalIndexer<>(index));
    }

    private void item(String id, Item item, long systemTime) {
        CatalogIndex catalog = engine.models().catalog();
        if (item == null) {
            catalog.removeItem(id);
        } else {
            catalog.putItem(CatalogMapper.toDomain(item));
        }
    }

    private void bundle(String id, Bundle bundle, long systemTime) {
        CatalogIndex catalog = engine.models().catalog();
        if (bundle == null) {
            catalog.removeBundle(id);
        } else {
            catalog.putBundle(CatalogMapper.toDomain(bundle));
        }
    }

    private void model(String target, ItemModel model, long systemTime) {
        if (ItemWatermarks.isWatermark(target)) {
            engine.models().watermarks().put(target, model);
        } else if (model == null) {
            engine.models().catalog().removeModel(target);
        } else {
            engine.models().catalog().putModelLater(CatalogMapper.toDomain(target, model));
            engine.models().refresh().run(systemTime);
        }
    }

    private void ranker(String name, RankerModel model, long systemTime) {
        if (model == null || !name.equals(RankerNames.LINEAR)) {
            return;
        }
        float[] weights = Floats.fromBuffer(model.getWeights());
        if (!model.getSignals().equals(List.of(Signal.labels())) || weights.length != Signal.count() + 1) {
            LOG.warn(
                    "Ranker model {} knows other signals than this version: {}",
                    model.getVersion(),
                    model.getSignals());
            engine.counters().count("ranker.model.refused");
            return;
        }
        if (!Factors.allFinite(weights)) {
            LOG.error("Ranker model {} is not finite and is refused", model.getVersion());
            engine.counters().count("ranker.model.refused");
            return;
        }
        engine.models().ranker(RankerWeights.linear(model.getVersion(), weights));
    }

    private void strategy(String key, Strategy strategy, long systemTime) {
        if (strategy == null) {
            engine.models().strategy(StrategyPlan.standard());
            return;
        }
        StrategyPlan plan = StrategyMapper.toDomain(strategy);
        List<String> problems = plan.problems();
        if (!problems.isEmpty()) {
            LOG.error("Strategy {} is refused, the running one stays: {}", plan.version(), problems);
            engine.counters().count("strategy.refused");
            return;
        }
        engine.models().strategy(plan);
        LOG.info(
                "Strategy {} is in force: {}",
                plan.version(),
                Arrays.toString(plan.arms().toArray()));
    }
}
