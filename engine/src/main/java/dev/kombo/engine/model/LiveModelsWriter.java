package dev.kombo.engine.model;

import dev.kombo.catalog.Bundle;
import dev.kombo.catalog.CatalogRules;
import dev.kombo.catalog.index.WritableCatalogIndex;
import dev.kombo.engine.EngineSettings;
import dev.kombo.engine.trainer.RankerNames;
import dev.kombo.engine.trainer.TrainedConversions;
import dev.kombo.engine.trainer.TrainedModel;
import dev.kombo.engine.trainer.TrainedRankers;
import dev.kombo.entity.EntityModel;
import dev.kombo.entity.Item;
import dev.kombo.experiment.BudgetSpending;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.learning.mining.SuggestionIndex.Review;
import dev.kombo.learning.mining.SuggestionIndex.Suggestion;
import dev.kombo.learning.network.NetworkShape;
import dev.kombo.metric.Counters;
import dev.kombo.metric.KomboMetric;
import dev.kombo.metric.LogLimit;
import dev.kombo.price.PriceHistory;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what the shop and the tasks publish into the models of an instance. A value that makes no sense is refused,
 * and what was there before stays. Used by one thread at a time.
 */
public final class LiveModelsWriter {
    private static final Logger LOG = LoggerFactory.getLogger(LiveModelsWriter.class);

    private final LiveModels models;
    private final WritableCatalogIndex catalog;
    private final CatalogRules rules;
    private final NetworkShape shape;
    private final Counters counters;
    private final LogLimit wideBundles = new LogLimit(LOG, "bundles with too many members");

    public LiveModelsWriter(LiveModels models, EngineSettings settings, Counters counters) {
        this.models = models;
        this.catalog = models.writableCatalog();
        this.rules = settings.catalogRules();
        this.shape = settings.training().shape();
        this.counters = counters;
    }

    /**
     * Takes the earlier prices of an item or bundle.
     *
     * @throws UnusableValueException if they are not in order
     */
    public void prices(String entity, PriceHistory history, Arrival arrival) {
        String problem = catalog.prices().published(entity, history, arrival.publishedAt());
        if (problem != null) {
            throw new UnusableValueException(problem);
        }
    }

    /**
     * Takes an item of the catalogue.
     *
     * @param item null: it is removed
     * @throws UnusableValueException if it breaks a rule of the catalogue
     */
    public void item(String id, @Nullable Item item, Arrival arrival) {
        catalog.changedAt(arrival.publishedAt());
        if (item == null) {
            catalog.removeItem(id);
            return;
        }
        put(rules.clamped(item), catalog.item(id), rules::problemOfHeld, CatalogRules::cut, catalog::putItemLater);
        models.refresh().run(arrival.systemTime());
    }

    /**
     * Takes a bundle of the catalogue.
     *
     * @param bundle null: it is removed
     * @throws UnusableValueException if it breaks a rule of the catalogue
     */
    public void bundle(String id, @Nullable Bundle bundle, Arrival arrival) {
        catalog.changedAt(arrival.publishedAt());
        if (bundle == null) {
            catalog.removeBundle(id);
            return;
        }
        Bundle stated = rules.clamped(bundle);
        put(stated, catalog.bundle(id), rules::problemOfHeld, CatalogRules::cut, catalog::putBundle);
        warnOfWide(stated, arrival);
    }

    /** Warns of a bundle that is used although a new one may not have as many members. */
    private void warnOfWide(Bundle bundle, Arrival arrival) {
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
            D entry,
            @Nullable Object before,
            Function<D, CatalogRules.@Nullable Problem> rules,
            UnaryOperator<D> cut,
            Consumer<D> index) {
        CatalogRules.Problem problem = rules.apply(entry);
        if (problem == null) {
            index.accept(entry);
            return;
        }
        boolean kept = before == null && rules.apply(cut.apply(entry)) == null;
        if (kept) {
            index.accept(cut.apply(entry));
        }
        throw new UnusableValueException(problem + (kept ? "; it is used with that cut" : ""));
    }

    /** Takes the model of an item or bundle. */
    public void model(EntityModel model, Arrival arrival) {
        catalog.putModelLater(model);
        models.refresh().run(arrival.systemTime());
    }

    /** Forgets what was learned of an item or bundle. */
    public void removeModel(String entity) {
        catalog.removeModel(entity);
    }

    /** Takes a row of a sweep; an empty vector means that the entity has none any more. */
    public void sweepRow(long partner, int generation, float[] vector) {
        catalog.putVector(partner, generation, vector);
    }

    /** Takes a column of a sweep; an empty vector means that the entity has none any more. */
    public void sweepColumn(int partition, long partner, float[] column) {
        catalog.factors().columns().put(partition, partner, column);
    }

    /** Takes the end of the sweep of a partition. */
    public void sweepEnded(SweepSum sum, Arrival arrival) {
        catalog.factors().columns().end(sum.partition());
        models.sweepEnded(sum, arrival.systemTime(), arrival.publishedAt());
    }

    /**
     * Takes a suggested bundle.
     *
     * @throws UnusableValueException if it has no members, or a slot without items
     */
    public void suggestion(Suggestion suggestion) {
        if (suggestion.bundle().members().isEmpty()
                || (suggestion.bundle().slot() != null
                        && suggestion.bundle().slot().items().isEmpty())) {
            throw new UnusableValueException("members or the items of the slot are missing");
        }
        models.suggestions().put(suggestion);
    }

    /** Forgets a suggested bundle. */
    public void removeSuggestion(String bundleId) {
        models.suggestions().remove(bundleId);
    }

    /**
     * Takes a person's decision on a suggested bundle.
     *
     * @param decision null: it is taken back
     */
    public void decision(String bundleId, @Nullable Review decision) {
        models.suggestions().decide(bundleId, decision);
    }

    /**
     * Takes what the budgets of an experiment have spent.
     *
     * @throws UnusableValueException if an amount or a name is absurd
     */
    public void budgets(String experiment, List<BudgetSpending> spending) {
        String problem = BudgetSpending.problem(spending);
        if (problem != null) {
            throw new UnusableValueException(problem);
        }
        models.budgets(experiment, spending);
    }

    /**
     * Takes the strategy that is active from now on.
     *
     * @throws UnusableValueException if this version cannot follow it: the strategy task of a newer version accepted it
     */
    public void strategy(StrategyPlan plan) {
        List<String> problems = plan.problems();
        if (!problems.isEmpty()) {
            throw new UnusableValueException(String.join("; ", problems));
        }
        models.strategy(models.strategy().followedBy(plan));
    }

    /** Takes a trained model; one that does not fit this instance is logged and counted, and not used. */
    public void trained(TrainedModel model, Arrival arrival) {
        if (model.name().equals(RankerNames.RELEVANCE)) {
            relevance(model, arrival);
        } else if (model.name().equals(RankerNames.CONVERSION)) {
            conversion(model);
        }
    }

    private void conversion(TrainedModel model) {
        try {
            if (TrainedConversions.matches(model)) {
                models.conversionModel(TrainedConversions.model(model));
                models.predictedConversions(TrainedConversions.predictions(model));
                return;
            }
            LOG.warn(
                    "Conversion model {} has signals that are unknown to this instance: {}",
                    model.version(),
                    model.form().signals());
        } catch (IllegalArgumentException e) {
            LOG.error("Conversion model {} is rejected: {}", model.version(), e.getMessage());
        }
        counters.count(KomboMetric.CONVERSION_MODELS_REJECTED);
    }

    private void relevance(TrainedModel model, Arrival arrival) {
        try {
            if (TrainedRankers.matches(model, shape)) {
                TrainedModel adapted = TrainedRankers.adapted(model, shape);
                models.rankers(TrainedRankers.rankers(adapted, shape));
                models.contest().published(TrainedRankers.contest(adapted), arrival.publishedAt());
                models.rankerStatus(status(adapted, arrival.publishedAt()));
                return;
            }
            LOG.warn(
                    "Ranker model {} is a {} over {}, which this instance cannot use: it ranks with a {}",
                    model.version(),
                    model.form().kind(),
                    model.form().signals(),
                    shape);
        } catch (IllegalArgumentException e) {
            LOG.error("Ranker model {} is rejected: {}", model.version(), e.getMessage());
        }
        counters.count(KomboMetric.RANKER_REFUSED);
    }

    /** Where a ranker comes from; it has 0 for what was not measured. */
    private static LiveModels.RankerStatus status(TrainedModel model, long publishedAt) {
        TrainedModel.Measures measures = model.measures();
        boolean measured = measures.logLoss() > 0;
        return new LiveModels.RankerStatus(
                model.version(),
                publishedAt,
                measures.examples(),
                measured ? measures.logLoss() : Double.NaN,
                measured ? measures.calibrationError() : Double.NaN);
    }
}
