package dev.kombo.engine.model;

import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.catalog.index.IndexSettings;
import dev.kombo.catalog.index.WritableCatalogIndex;
import dev.kombo.engine.EngineSettings;
import dev.kombo.engine.entity.IndexedFactors;
import dev.kombo.engine.event.EventModels;
import dev.kombo.experiment.BudgetBoard;
import dev.kombo.experiment.BudgetSpending;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.learning.factors.FactorBasis;
import dev.kombo.learning.factors.Generations;
import dev.kombo.learning.factors.PartnerFactors;
import dev.kombo.learning.mining.SuggestionIndex;
import dev.kombo.ranking.ConversionModel;
import dev.kombo.ranking.PredictedConversions;
import dev.kombo.ranking.contest.Rankers;
import dev.kombo.settings.Millis;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The in-memory models that scoring reads without decoding: the catalogue with its models, the ranker and the strategy.
 * One thread of the instance writes them, from the topics that every instance reads whole; the threads of tasks see
 * each model complete. The models survive a restart of the threads of tasks. An instance that restarts fills them from
 * the topics before it processes its first event.
 */
public final class LiveModels implements EventModels {
    private static final long GENERATION_TIMEOUT_MILLIS = 10 * Millis.MINUTE;

    private final WritableCatalogIndex catalog;
    private final IndexRefresh refresh;
    private final Generations generations;
    private final PartnerFactors factors;
    private final Set<String> sweepBlocks = ConcurrentHashMap.newKeySet();
    private final SuggestionIndex suggestions = new SuggestionIndex();
    private final InstanceClock time = new InstanceClock();
    private final ContestHistory contest = new ContestHistory();
    private volatile Rankers rankers;
    private volatile ConversionModel conversionModel = ConversionModel.prior();
    private volatile PredictedConversions predictedConversions = new PredictedConversions();
    private volatile RankerStatus rankerStatus = RankerStatus.UNPUBLISHED;
    private final ActiveStrategy unpublished;
    private final ActiveStrategy unpublishedWithCosts;
    private volatile @Nullable ActiveStrategy strategy;

    private volatile BudgetBoard budgets = BudgetBoard.EMPTY;

    private volatile long generationSince;

    /**
     * Creates empty models with the ranker that Kombo ships with.
     *
     * @param partitions number of item tasks, each of which computes its part of a generation of factors
     */
    public LiveModels(EngineSettings settings, int partitions) {
        catalog = new WritableCatalogIndex(settings.index());
        factors = new IndexedFactors(catalog.factors());
        refresh = new IndexRefresh(catalog, settings.get(IndexSettings.REFRESH_INTERVAL));
        generations = new Generations(
                settings.factors().factors(),
                settings.factors().regularization(),
                partitions,
                GENERATION_TIMEOUT_MILLIS);
        rankers = Rankers.prior(settings.training().shape().kind(), settings.seed());
        unpublished = ActiveStrategy.standard(settings.standardPlan(false));
        unpublishedWithCosts = ActiveStrategy.standard(settings.standardPlan(true));
    }

    @Override
    public CatalogIndex catalog() {
        return catalog;
    }

    /** The catalogue, for the one thread that writes the models. */
    public WritableCatalogIndex writableCatalog() {
        return catalog;
    }

    @Override
    public Rankers rankers() {
        return rankers;
    }

    @Override
    public ConversionModel conversionModel() {
        return conversionModel;
    }

    /** What the conversion model had predicted, and what followed, as published last. Nothing is added to it. */
    public PredictedConversions predictedConversions() {
        return predictedConversions;
    }

    /** Describes where the active ranker comes from. */
    public RankerStatus rankerStatus() {
        return rankerStatus;
    }

    /** The contest that decides which ranker ranks. */
    public ContestHistory contest() {
        return contest;
    }

    /** The strategy in force. The one that nobody published depends on whether the catalogue has costs. */
    public ActiveStrategy strategy() {
        ActiveStrategy active = strategy;
        if (active != null) {
            return active;
        }
        return catalog.costsKnown() ? unpublishedWithCosts : unpublished;
    }

    @Override
    public StrategyPlan planOf(String shopperKey) {
        return strategy().planOf(shopperKey);
    }

    @Override
    public BudgetBoard budgets() {
        return budgets;
    }

    /** Replaces what the budgets of an experiment have spent. */
    public void budgets(String experiment, List<BudgetSpending> published) {
        budgets = budgets.with(experiment, published);
    }

    /** Returns the generations of factors, with the one in force. */
    public Generations generations() {
        return generations;
    }

    /** When the generation in force began, epoch milliseconds of the broker; 0 before the first. */
    public long generationSince() {
        return generationSince;
    }

    /** The factors in force. */
    public PartnerFactors factors() {
        return factors;
    }

    /** Keys of the blocks that {@code factor-sweep} currently holds. */
    public Set<String> sweepBlocks() {
        return sweepBlocks;
    }

    /**
     * Called when the sweep of a partition has ended.
     *
     * @param sum what the sweep adds up to
     * @param systemTime the machine's clock, epoch milliseconds
     * @param publishedAt when the broker received it, epoch milliseconds
     */
    public void sweepEnded(SweepSum sum, long systemTime, long publishedAt) {
        begin(
                generations.sweepEnded(
                        sum.partition(), sum.generation(), sum.gram(), sum.rows(), sum.updates(), systemTime),
                publishedAt);
    }

    /** Puts a generation in force that has waited too long for a partition. */
    public void settle(long systemTime) {
        begin(generations.settle(systemTime), systemTime);
    }

    private void begin(@Nullable FactorBasis basis, long time) {
        if (basis != null) {
            catalog.beginGeneration(basis.generation(), basis.whitening());
            generationSince = time;
        }
    }

    /** Mined bundles and the decisions on them. */
    public SuggestionIndex suggestions() {
        return suggestions;
    }

    /** The shop's time according to the events of this instance. */
    public InstanceClock time() {
        return time;
    }

    public IndexRefresh refresh() {
        return refresh;
    }

    public void rankers(Rankers next) {
        rankers = next;
    }

    public void conversionModel(ConversionModel next) {
        conversionModel = next;
    }

    public void predictedConversions(PredictedConversions next) {
        predictedConversions = next;
    }

    public void rankerStatus(RankerStatus next) {
        rankerStatus = next;
    }

    public void strategy(ActiveStrategy next) {
        strategy = next;
    }

    /**
     * Rebuilds bundles from their members' models at most once per interval, so that many models that arrive close
     * together cause one rebuild per bundle, and some at a time, so that a large catalogue takes no larger share of the
     * processor. The thread that writes the models calls it for each model. Shopper tasks call it at each tick, so
     * that the last models before a pause do not wait. Thread-safe.
     */
    public static final class IndexRefresh {
        /** Most bundles of one refresh, which take some 6 ms. */
        private static final int MOST_BUNDLES = 1_000;
        /**
         * Number of members and pairs of members after which a refresh begins no further bundle: a thousand bundles of
         * four members, but ten of a thousand members each, which take 2 ms.
         */
        private static final int MOST_COST = 10_000;

        private final WritableCatalogIndex catalog;
        private final long intervalMillis;
        private volatile long last;
        private volatile boolean left;

        /**
         * @param intervalMillis shortest time between two refreshes; 0: refresh at each call
         */
        IndexRefresh(WritableCatalogIndex catalog, long intervalMillis) {
            this.catalog = catalog;
            this.intervalMillis = intervalMillis;
        }

        /**
         * Refreshes if the interval has passed, or if the machine's clock was set back.
         *
         * @return whether bundles are left for the next refresh
         */
        public boolean run(long systemTime) {
            long since = systemTime - last;
            if (since >= intervalMillis || since < 0) {
                last = systemTime;
                left = catalog.refresh(MOST_BUNDLES, MOST_COST);
            }
            return left;
        }

        /** Refreshes all bundles; called when a task begins, as the models of a start are read by then. */
        public void complete() {
            catalog.refresh();
        }
    }

    /**
     * Where the active ranker comes from and how well it predicts.
     *
     * @param version of the weights; 0: the weights that Kombo ships with
     * @param publishedAt when the broker received it, epoch milliseconds; 0: never
     * @param examples number of examples it has learned from, one per bundle
     * @param logLoss moving mean of the log loss of its predictions; NaN if not measured
     * @param calibrationError expected calibration error, 0 to 1; NaN if not measured
     */
    public record RankerStatus(long version, long publishedAt, long examples, double logLoss, double calibrationError) {
        /** The ranker that Kombo ships with. */
        static final RankerStatus UNPUBLISHED = new RankerStatus(0, 0, 0, Double.NaN, Double.NaN);
    }
}
