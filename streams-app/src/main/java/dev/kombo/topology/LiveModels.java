package dev.kombo.topology;

import dev.kombo.catalog.CatalogIndex;
import dev.kombo.tracking.StrategyPlan;

/**
 * What scoring reads of the global topics, without decoding: the catalogue with its models, the ranker's weights, the
 * strategy. Written by the global thread; a stream thread that reads sees each of them whole. It outlives a restart of
 * the stream threads; a restarted instance fills it from the topics before it takes the first event.
 */
public final class LiveModels {
    private final CatalogIndex catalog;
    private final IndexRefresh refresh;
    private final ItemWatermarks watermarks = new ItemWatermarks();
    private volatile RankerWeights ranker;
    private volatile LiveStrategy strategy = new LiveStrategy(StrategyPlan.standard());

    private LiveModels(CatalogIndex catalog, long refreshMillis, RankerWeights ranker) {
        this.catalog = catalog;
        this.refresh = new IndexRefresh(catalog, refreshMillis);
        this.ranker = ranker;
    }

    /** Empty models and the weights that Kombo starts with. */
    public static LiveModels initial(EngineSettings settings) {
        return new LiveModels(
                new CatalogIndex(settings.index()),
                settings.indexRefreshMillis(),
                RankerWeights.linear(0, TrainerProcessor.priorWeights()));
    }

    /** Items, bundles and their models. */
    public CatalogIndex catalog() {
        return catalog;
    }

    /** Weights in force. */
    public RankerWeights ranker() {
        return ranker;
    }

    /** Strategy in force. */
    public LiveStrategy strategy() {
        return strategy;
    }

    /** Records of item-update that the most laggard item task, of any instance, has not applied yet. */
    public long itemBacklog() {
        return watermarks.largest();
    }

    IndexRefresh refresh() {
        return refresh;
    }

    ItemWatermarks watermarks() {
        return watermarks;
    }

    void ranker(RankerWeights weights) {
        ranker = weights;
    }

    void strategy(StrategyPlan plan) {
        strategy = new LiveStrategy(plan);
    }
}
