package dev.kombo.topology.global;

import dev.kombo.catalog.CatalogRules;
import dev.kombo.catalog.index.WritableCatalogIndex;
import dev.kombo.config.Topic;
import dev.kombo.engine.model.ActiveStrategy;
import dev.kombo.engine.model.LiveModels;
import dev.kombo.engine.model.LiveModels.RankerStatus;
import dev.kombo.engine.model.SweepSum;
import dev.kombo.engine.trainer.RankerNames;
import dev.kombo.engine.trainer.TrainedConversions;
import dev.kombo.engine.trainer.TrainedModel;
import dev.kombo.engine.trainer.TrainedRankers;
import dev.kombo.learning.network.NetworkShape;
import dev.kombo.metric.KomboMetric;
import dev.kombo.metric.LogLimit;
import dev.kombo.schema.BudgetSpending;
import dev.kombo.schema.BundleSuggestion;
import dev.kombo.schema.FactorSweep;
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
import dev.kombo.topology.common.NodeNames;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.Stores;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sub-topology that every instance holds completely, since scoring needs all of it: catalogue, models, ranker and
 * strategy, and suggested bundles with the decisions on them, so that any instance can show them. It is separate from
 * the other sub-topologies because every instance reads all of its partitions.
 */
public final class GlobalTopology {
    private static final Logger LOG = LoggerFactory.getLogger(GlobalTopology.class);

    private final EngineContext engine;
    private final LiveModels models;
    private final CatalogRules rules;
    private final LogLimit wideBundles = new LogLimit(LOG, "bundles with too many members");

    public GlobalTopology(EngineContext engine) {
        this.engine = engine;
        this.models = engine.models();
        this.rules = engine.settings().catalogRules();
    }

    public void addTo(Topology topology) {
        // First, so that a start knows the earlier prices when it reads the present ones.
        add(topology, Topic.PRICE_HISTORY, PriceHistory.class, this::prices);
        add(topology, Topic.ITEM_CATALOG, dev.kombo.schema.Item.class, this::item);
        add(topology, Topic.BUNDLE_CATALOG, dev.kombo.schema.Bundle.class, this::bundle);
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

    private void prices(String entity, PriceHistory history, GlobalIndexer.Arrival arrival) {
        if (history == null) {
            return;
        }
        String problem = models.catalog()
                .prices()
                .published(entity, CatalogMapper.PRICES.toDomain(history), arrival.recordTime());
        if (problem != null) {
            throw new GlobalIndexer.InvalidRecordException(problem);
        }
    }

    private WritableCatalogIndex catalog(GlobalIndexer.Arrival arrival) {
        WritableCatalogIndex catalog = models.writableCatalog();
        catalog.changedAt(arrival.recordTime());
        return catalog;
    }

    private void item(String id, dev.kombo.schema.Item item, GlobalIndexer.Arrival arrival) {
        WritableCatalogIndex catalog = catalog(arrival);
        if (item == null) {
            catalog.removeItem(id);
        } else {
            put(
                    rules.clamped(CatalogMapper.ITEMS.toDomain(item)),
                    catalog.item(id),
                    rules::problemOfHeld,
                    CatalogRules::cut,
                    catalog::putItemLater);
            models.refresh().run(arrival.systemTime());
        }
    }

    private void bundle(String id, dev.kombo.schema.Bundle bundle, GlobalIndexer.Arrival arrival) {
        WritableCatalogIndex catalog = catalog(arrival);
        if (bundle == null) {
            catalog.removeBundle(id);
        } else {
            dev.kombo.catalog.Bundle stated = rules.clamped(CatalogMapper.BUNDLES.toDomain(bundle));
            put(stated, catalog.bundle(id), rules::problemOfHeld, CatalogRules::cut, catalog::putBundle);
            warnOfWide(stated, arrival);
        }
    }

    /** Warns of a bundle that is used although a new one may not have as many members. */
    private void warnOfWide(dev.kombo.catalog.Bundle bundle, GlobalIndexer.Arrival arrival) {
        if (bundle.members().size() > CatalogRules.MOST_MEMBERS && wideBundles.mayLog(arrival.systemTime())) {
            LOG.warn(
                    "Bundle {} has {} members; it is used, but how often they are bought together is not known, and it"
                            + " follows changes of them late. A new bundle may have at most {}",
                    bundle.id(),
                    bundle.members().size(),
                    CatalogRules.MOST_MEMBERS);
        }
    }

    /**
     * Puts a valid entry into the index. An invalid one is refused, and the version before stays; where there is none,
     * texts that are too long are cut, as an earlier version of Kombo may have accepted them.
     */
    private static <D> void put(
            D entry, Object before, Function<D, CatalogRules.Problem> rules, UnaryOperator<D> cut, Consumer<D> index) {
        CatalogRules.Problem problem = rules.apply(entry);
        if (problem == null) {
            index.accept(entry);
            return;
        }
        boolean kept = before == null && rules.apply(cut.apply(entry)) == null;
        if (kept) {
            index.accept(cut.apply(entry));
        }
        throw new GlobalIndexer.InvalidRecordException(problem + (kept ? "; it is used with that cut" : ""));
    }

    private void model(String entity, ItemModel model, GlobalIndexer.Arrival arrival) {
        if (model == null) {
            models.writableCatalog().removeModel(entity);
        } else {
            models.writableCatalog().putModelLater(CatalogMapper.toDomain(entity, model));
            models.refresh().run(arrival.systemTime());
        }
    }

    private void sweep(String key, FactorSweep record, GlobalIndexer.Arrival arrival) {
        if (record == null) {
            models.sweepBlocks().remove(key);
            return;
        }
        float[] gram = SweepMapper.gram(record);
        if (gram == null) {
            models.sweepBlocks().add(key);
        }
        WritableCatalogIndex catalog = models.writableCatalog();
        if (gram == null && record.getColumn()) {
            SweepMapper.rows(
                    record,
                    (column, partner) -> catalog.factors().columns().put(record.getPartition(), partner, column));
        } else if (gram == null) {
            SweepMapper.rows(record, (vector, partner) -> catalog.putVector(partner, record.getGeneration(), vector));
        } else {
            catalog.factors().columns().end(record.getPartition());
            models.sweepEnded(
                    new SweepSum(
                            record.getPartition(), record.getGeneration(), gram, record.getRows(), record.getUpdates()),
                    arrival.systemTime(),
                    arrival.recordTime());
        }
    }

    private void suggestion(String bundleId, BundleSuggestion suggestion, GlobalIndexer.Arrival arrival) {
        if (suggestion == null) {
            models.suggestions().remove(bundleId);
        } else if (suggestion.getMembers().isEmpty()
                || (suggestion.getSlot() != null
                        && suggestion.getSlot().getItems().isEmpty())) {
            throw new GlobalIndexer.InvalidRecordException("members or the items of the slot are missing");
        } else {
            models.suggestions().put(CatalogMapper.SUGGESTIONS.toDomain(suggestion));
        }
    }

    private void decision(String bundleId, SuggestionDecision decision, GlobalIndexer.Arrival arrival) {
        models.suggestions().decide(bundleId, CatalogMapper.decision(decision));
    }

    private void budgets(String experiment, BudgetSpending spending, GlobalIndexer.Arrival arrival) {
        var published =
                spending == null ? List.<dev.kombo.experiment.BudgetSpending>of() : BudgetMapper.toDomain(spending);
        String problem = dev.kombo.experiment.BudgetSpending.problem(published);
        if (problem != null) {
            throw new GlobalIndexer.InvalidRecordException(problem);
        }
        models.budgets(experiment, published);
    }

    private void strategy(String experiment, Strategy strategy, GlobalIndexer.Arrival arrival) {
        if (strategy == null) {
            return;
        }
        ActiveStrategy next = models.strategy().followedBy(StrategyMapper.PLANS.toDomain(strategy));
        List<String> problems = next.plan().problems();
        if (!problems.isEmpty()) {
            // A strategy task of a newer version accepted it.
            throw new GlobalIndexer.InvalidRecordException(String.join("; ", problems));
        }
        models.strategy(next);
    }

    private void ranker(String name, RankerModel model, GlobalIndexer.Arrival arrival) {
        if (model == null) {
            return;
        }
        if (name.equals(RankerNames.RELEVANCE)) {
            relevance(model, arrival);
        } else if (name.equals(RankerNames.CONVERSION)) {
            conversionModel(model);
        }
    }

    private void conversionModel(RankerModel published) {
        try {
            TrainedModel model = RankerMapper.published(published);
            if (TrainedConversions.matches(model)) {
                models.conversionModel(TrainedConversions.model(model));
                models.predictedConversions(TrainedConversions.predictions(model));
                return;
            }
            LOG.warn(
                    "Conversion model {} has signals that are unknown to this instance: {}",
                    published.getVersion(),
                    published.getSignals());
        } catch (IllegalArgumentException e) {
            LOG.error("Conversion model {} is rejected: {}", published.getVersion(), e.getMessage());
        }
        engine.counters().count(KomboMetric.CONVERSION_MODELS_REJECTED);
    }

    private void relevance(RankerModel published, GlobalIndexer.Arrival arrival) {
        NetworkShape shape = engine.settings().training().shape();
        try {
            TrainedModel model = RankerMapper.published(published);
            if (TrainedRankers.matches(model, shape)) {
                TrainedModel adapted = TrainedRankers.adapted(model, shape);
                models.rankers(TrainedRankers.rankers(adapted, shape));
                models.contest().published(TrainedRankers.contest(adapted), arrival.recordTime());
                models.rankerStatus(status(adapted, arrival.recordTime()));
                return;
            }
            LOG.warn(
                    "Ranker model {} is a {} over {}, which this instance cannot use: it ranks with a {}",
                    published.getVersion(),
                    published.getKind(),
                    published.getSignals(),
                    shape);
        } catch (IllegalArgumentException e) {
            LOG.error("Ranker model {} is rejected: {}", published.getVersion(), e.getMessage());
        }
        engine.counters().count(KomboMetric.RANKER_REFUSED);
    }

    /** Where a ranker comes from; it has 0 for what was not measured. */
    private static RankerStatus status(TrainedModel model, long publishedAt) {
        TrainedModel.Measures measures = model.measures();
        boolean measured = measures.logLoss() > 0;
        return new RankerStatus(
                model.version(),
                publishedAt,
                measures.examples(),
                measured ? measures.logLoss() : Double.NaN,
                measured ? measures.calibrationError() : Double.NaN);
    }
}
