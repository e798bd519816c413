package dev.kombo.topology;

import dev.kombo.catalog.CatalogIndex;
import dev.kombo.catalog.IndexSettings;
import dev.kombo.engine.EventModels;
import dev.kombo.learning.SuggestionIndex;
import dev.kombo.ranking.Acceptance;
import dev.kombo.ranking.Ranker;
import dev.kombo.tracking.StrategyPlan;

/**
 * What scoring reads of the global topics, without decoding: the catalogue with its models, the ranker, the
 * strategy. Written by the global thread; a stream thread that reads sees each of them whole. It outlives a restart of
 * the stream threads; a restarted instance fills it from the topics before it takes the first event.
 */
public final class LiveModels implements EventModels {
    private final CatalogIndex catalog;
    private final IndexRefresh refresh;
    private final ItemWatermarks watermarks = new ItemWatermarks();
    private final SuggestionIndex suggestions = new SuggestionIndex();
    private final ShopTime time = new ShopTime();
    private volatile Ranker ranker;
    private volatile Acceptance acceptance = Acceptance.prior();
    private volatile RankerStatus rankerStatus = RankerStatus.UNPUBLISHED;
    private volatile LiveStrategy strategy = LiveStrategy.standard();

    private LiveModels(CatalogIndex catalog, long refreshMillis, Ranker ranker) {
        this.catalog = catalog;
        this.refresh = new IndexRefresh(catalog, refreshMillis);
        this.ranker = ranker;
    }

    /** Empty models and the ranker that Kombo starts with. */
    public static LiveModels initial(EngineSettings settings) {
        return new LiveModels(
                new CatalogIndex(settings.index()),
                settings.get(IndexSettings.REFRESH_INTERVAL),
                Ranker.prior(
                        settings.training().shape().kind(), settings.training().seed()));
    }

    @Override
    public CatalogIndex catalog() {
        return catalog;
    }

    @Override
    public Ranker ranker() {
        return ranker;
    }

    @Override
    public Acceptance acceptance() {
        return acceptance;
    }

    /** How the ranker in force came about. */
    public RankerStatus rankerStatus() {
        return rankerStatus;
    }

    /** The active strategy. */
    public LiveStrategy strategy() {
        return strategy;
    }

    @Override
    public StrategyPlan planOf(String shopperKey) {
        return strategy.planOf(shopperKey);
    }

    /** Records of item-update that the most laggard item task, of any instance, has not applied yet. */
    public long itemBacklog() {
        return watermarks.largest();
    }

    /** Mined bundles and what was decided on them. */
    public SuggestionIndex suggestions() {
        return suggestions;
    }

    /** The time of the shop, as the events of this instance tell it. */
    public ShopTime time() {
        return time;
    }

    IndexRefresh refresh() {
        return refresh;
    }

    ItemWatermarks watermarks() {
        return watermarks;
    }

    void ranker(Ranker next) {
        ranker = next;
    }

    void acceptance(Acceptance next) {
        acceptance = next;
    }

    void rankerStatus(RankerStatus next) {
        rankerStatus = next;
    }

    void strategy(LiveStrategy next) {
        strategy = next;
    }
}
