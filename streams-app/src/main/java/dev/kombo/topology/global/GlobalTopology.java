package dev.kombo.topology.global;

import dev.kombo.config.Topic;
import dev.kombo.engine.model.Arrival;
import dev.kombo.engine.model.LiveModelsWriter;
import dev.kombo.engine.model.SweepSum;
import dev.kombo.schema.BudgetSpending;
import dev.kombo.schema.Bundle;
import dev.kombo.schema.BundleSuggestion;
import dev.kombo.schema.FactorSweep;
import dev.kombo.schema.Item;
import dev.kombo.schema.ItemModel;
import dev.kombo.schema.PriceHistory;
import dev.kombo.schema.RankerModel;
import dev.kombo.schema.Strategy;
import dev.kombo.schema.SuggestionDecision;
import dev.kombo.serde.BudgetMapper;
import dev.kombo.serde.CatalogMapper;
import dev.kombo.serde.RankerMapper;
import dev.kombo.serde.StrategyMapper;
import dev.kombo.serde.SweepMapper;
import dev.kombo.topology.task.NodeNames;
import java.util.List;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.Stores;

/**
 * The sub-topology that every instance holds completely, since scoring needs all of it: catalogue, models, ranker and
 * strategy, and suggested bundles with the decisions on them, so that any instance can show them. It is separate from
 * the other sub-topologies because every instance reads all of its partitions.
 */
public final class GlobalTopology {
    private final EngineContext engine;
    private final LiveModelsWriter models;

    public GlobalTopology(EngineContext engine) {
        this.engine = engine;
        this.models = new LiveModelsWriter(engine.models(), engine.settings(), engine.counters());
    }

    public void addTo(Topology topology) {
        // First, so that a start knows the earlier prices when it reads the present ones.
        add(topology, Topic.PRICE_HISTORY, PriceHistory.class, this::prices);
        add(topology, Topic.ITEM_CATALOG, Item.class, this::item);
        add(topology, Topic.BUNDLE_CATALOG, Bundle.class, this::bundle);
        add(topology, Topic.ITEM_MODEL, ItemModel.class, this::model);
        add(topology, Topic.FACTOR_SWEEP, FactorSweep.class, this::sweep);
        add(topology, Topic.RANKER_MODEL, RankerModel.class, this::ranker);
        add(topology, Topic.BUNDLE_SUGGESTION, BundleSuggestion.class, this::suggestion);
        add(topology, Topic.SUGGESTION_DECISION, SuggestionDecision.class, this::decision);
        add(topology, Topic.ACTIVE_STRATEGY, Strategy.class, this::strategy);
        add(topology, Topic.BUDGET_SPENDING, BudgetSpending.class, this::budgets);
    }

    private <V extends SpecificRecord> void add(
            Topology topology, Topic topic, Class<V> type, GlobalIndexer.Index<V> index) {
        Deserializer<V> values = engine.serdes().value(type).deserializer();
        String name = topic.label();
        topology.addGlobalStore(
                Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
                        .withLoggingDisabled(),
                NodeNames.GLOBAL_READ + name,
                Serdes.String().deserializer(),
                Serdes.ByteArray().deserializer(),
                engine.topics().name(topic),
                NodeNames.GLOBAL_INDEX + name,
                () -> new GlobalIndexer<>(name, values, index, engine.counters(), engine.registryWait()));
    }

    private void prices(String entity, PriceHistory history, Arrival arrival) {
        if (history != null) {
            models.prices(entity, CatalogMapper.PRICES.toDomain(history), arrival);
        }
    }

    private void item(String id, Item item, Arrival arrival) {
        models.item(id, CatalogMapper.ITEMS.toDomain(item), arrival);
    }

    private void bundle(String id, Bundle bundle, Arrival arrival) {
        models.bundle(id, CatalogMapper.BUNDLES.toDomain(bundle), arrival);
    }

    private void model(String entity, ItemModel model, Arrival arrival) {
        if (model == null) {
            models.removeModel(entity);
        } else {
            models.model(CatalogMapper.toDomain(entity, model), arrival);
        }
    }

    private void sweep(String key, FactorSweep record, Arrival arrival) {
        Set<String> blocks = engine.models().sweepBlocks();
        if (record == null) {
            blocks.remove(key);
            return;
        }
        SweepSum sum = SweepMapper.sum(record);
        if (sum != null) {
            models.sweepEnded(sum, arrival);
            return;
        }
        blocks.add(key);
        if (record.getColumn()) {
            SweepMapper.rows(record, (column, partner) -> models.sweepColumn(record.getPartition(), partner, column));
        } else {
            SweepMapper.rows(record, (vector, partner) -> models.sweepRow(partner, record.getGeneration(), vector));
        }
    }

    private void suggestion(String bundleId, BundleSuggestion suggestion, Arrival arrival) {
        if (suggestion == null) {
            models.removeSuggestion(bundleId);
        } else {
            models.suggestion(CatalogMapper.SUGGESTIONS.toDomain(suggestion));
        }
    }

    private void decision(String bundleId, SuggestionDecision decision, Arrival arrival) {
        models.decision(bundleId, CatalogMapper.decision(decision));
    }

    private void budgets(String experiment, BudgetSpending spending, Arrival arrival) {
        models.budgets(experiment, spending == null ? List.of() : BudgetMapper.toDomain(spending));
    }

    private void strategy(String experiment, Strategy strategy, Arrival arrival) {
        if (strategy != null) {
            models.strategy(StrategyMapper.PLANS.toDomain(strategy));
        }
    }

    private void ranker(String name, RankerModel model, Arrival arrival) {
        if (model != null) {
            models.trained(RankerMapper.published(model), arrival);
        }
    }
}
