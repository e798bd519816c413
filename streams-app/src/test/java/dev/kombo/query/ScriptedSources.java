package dev.kombo.query;

import dev.kombo.attribution.AttributionSettings;
import dev.kombo.attribution.LedgerState;
import dev.kombo.attribution.OfferLedger;
import dev.kombo.attribution.OfferedBundle;
import dev.kombo.attribution.OfferedPrice;
import dev.kombo.attribution.OpenOffer;
import dev.kombo.attribution.account.BundleTotals;
import dev.kombo.catalog.Bundle;
import dev.kombo.catalog.index.WritableCatalogIndex;
import dev.kombo.client.AvroSerdes;
import dev.kombo.client.TrustedRecords;
import dev.kombo.config.ApiSettings;
import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.config.Topic;
import dev.kombo.config.Topics;
import dev.kombo.engine.EngineSettings;
import dev.kombo.engine.model.LiveModels;
import dev.kombo.entity.BundleMember;
import dev.kombo.entity.EngagementCounts;
import dev.kombo.entity.Entity;
import dev.kombo.entity.EntityModel;
import dev.kombo.entity.Item;
import dev.kombo.entity.LevelCounts;
import dev.kombo.entity.Neighbor;
import dev.kombo.entity.RepurchaseCounts;
import dev.kombo.experiment.BudgetSpending;
import dev.kombo.experiment.DiscountBudget;
import dev.kombo.experiment.Enrollment;
import dev.kombo.experiment.Enrollment.Assignment;
import dev.kombo.metric.Counters;
import dev.kombo.ops.Histogram;
import dev.kombo.profile.Behavior;
import dev.kombo.profile.EventType;
import dev.kombo.profile.ProfileLimits;
import dev.kombo.profile.ShopperEvent;
import dev.kombo.profile.ShopperKey;
import dev.kombo.profile.ShopperState;
import dev.kombo.query.cluster.Address;
import dev.kombo.query.cluster.Cluster;
import dev.kombo.query.cluster.Cluster.Placement;
import dev.kombo.query.http.ApiException;
import dev.kombo.query.source.InstanceView;
import dev.kombo.query.source.QuerySources;
import dev.kombo.query.source.QuerySources.Health;
import dev.kombo.query.source.QuerySources.MachineClock;
import dev.kombo.query.source.QuerySources.Outbox;
import dev.kombo.query.source.Reports;
import dev.kombo.query.source.StoreReading;
import dev.kombo.schema.ArmComparison;
import dev.kombo.schema.ArmReport;
import dev.kombo.schema.BundleReport;
import dev.kombo.schema.ConversionReport;
import dev.kombo.schema.CurrencyAmount;
import dev.kombo.schema.PlacementReport;
import dev.kombo.schema.ReportWindow;
import dev.kombo.schema.Strategy;
import dev.kombo.schema.StrategyBudget;
import dev.kombo.schema.UpliftVerdict;
import dev.kombo.serde.CatalogMapper;
import dev.kombo.serde.ReportMapper;
import dev.kombo.serde.StrategyMapper;
import dev.kombo.service.KomboService;
import dev.kombo.settings.SettingValues;
import dev.kombo.slot.FilledSlot;
import dev.kombo.topology.global.EngineContext;
import dev.kombo.topology.task.Partitioning;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.TopologyDescription;

/** Sources whose content a test writes; also the health, the cluster and the outbox. */
public final class ScriptedSources implements Health, Cluster, Reports, Outbox {
    /** A record that was published. */
    public record Published(String topic, String key, SpecificRecord value) {}

    private static final Histogram NO_TIMES = new Histogram(0, List.of(new Histogram.Bin(0.001, 0)));

    public final Map<String, ShopperState> profiles = new HashMap<>();
    public final List<ConversionReport> reports = new ArrayList<>();
    public final List<Reports.OfBundle> bundleReports = new ArrayList<>();
    /** Tries, whether the broker took the record or not. */
    public final AtomicInteger publications = new AtomicInteger();

    public final List<Published> published = new CopyOnWriteArrayList<>();
    public volatile InstanceView.Activity activity =
            new InstanceView.Activity(0, new InstanceView.Events(0, 0, 0), 0, 0, NO_TIMES, NO_TIMES);
    public final ScriptedFeed feed = new ScriptedFeed();
    public final EngineContext engine;
    public final WritableCatalogIndex catalog;
    /** Whether what is published to the catalogue is in it at once. */
    public volatile boolean indexing;

    public volatile Runnable afterPublication = () -> {};

    public volatile boolean live = true;
    public volatile boolean ready = true;
    public volatile boolean migrating;
    public volatile boolean stale;
    public volatile long lag;
    public volatile long systemTime = 5_000;
    public volatile long nanoTime;
    public volatile RuntimeException brokerFailure;
    public volatile Address self;
    public volatile IntFunction<Placement> placements;
    public volatile List<Address> instances = List.of();

    static {
        TrustedRecords.install();
    }

    private static final TopologyDescription TOPOLOGY =
            KomboService.describe(config(Map.of())).describe();

    public ScriptedSources() {
        this(Map.of());
    }

    /** Of a service with these settings. */
    public ScriptedSources(Map<String, String> given) {
        KomboConfig config = config(given);
        EngineSettings settings = new EngineSettings(config);
        engine = new EngineContext(
                settings,
                Topics.of(config),
                new AvroSerdes(config.avroSettings()),
                new LiveModels(settings, settings.get(ServiceSettings.TOPIC_PARTITIONS)),
                new Counters());
        catalog = engine.models().writableCatalog();
    }

    /** Settings of an API on a free port, that needs no registry. */
    public static KomboConfig config(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>();
        settings.put(ApiSettings.PORT.name(), "0");
        settings.put(ServiceSettings.REGISTRY_URL.name(), "mock://query");
        settings.putAll(more);
        return KomboConfig.of(settings);
    }

    /** Limits the discounts of an arm, of which users and visitors have spent half, and of a bundle. */
    public void limitDiscounts() {
        Strategy limited = Strategy.newBuilder(
                        StrategyMapper.PLANS.toAvro(engine.models().strategy().plan()))
                .setVersion(1)
                .setBudgets(List.of(
                        new StrategyBudget("treatment", null, 1_000L, "GBP"),
                        new StrategyBudget(null, "tea-time", 200L, "GBP")))
                .build();
        engine.models().strategy(engine.models().strategy().followedBy(StrategyMapper.PLANS.toDomain(limited)));
        DiscountBudget budget = new DiscountBudget("treatment", null, 1_000, "GBP");
        engine.models().budgets(limited.getSalt(), List.of(new BudgetSpending(budget, 0, 400, 250, 70, 3_000, 100, 0)));
        engine.models()
                .budgets(
                        limited.getSalt() + "/visitors",
                        List.of(new BudgetSpending(budget, 0, 100, 0, 30, 4_000, 100, 0)));
    }

    public QuerySources sources() {
        return new QuerySources(
                this,
                this,
                this::find,
                this,
                engine,
                feed,
                this,
                TOPOLOGY,
                new MachineClock(() -> systemTime, () -> nanoTime),
                () -> "kombo_running 1.0\n");
    }

    private StoreReading<ShopperState> find(String key) {
        if (migrating) {
            throw ApiException.unavailable("state-unavailable", "the store user-profile cannot be read: it migrates");
        }
        return new StoreReading<>(profiles.get(key), stale);
    }

    @Override
    public StoreReading<List<ConversionReport>> latest(List<Integer> partitions) {
        return new StoreReading<>(
                reports.stream()
                        .filter(report -> partitions.contains(partitionOf(report.getExperiment())))
                        .toList(),
                stale);
    }

    @Override
    public StoreReading<List<OfBundle>> ofBundle(String bundleId, List<Integer> partitions) {
        return new StoreReading<>(
                bundleReports.stream()
                        .filter(found -> found.report().getBundleId().equals(bundleId))
                        .filter(found -> partitions.contains(partitionOf(found.experiment())))
                        .toList(),
                stale);
    }

    @Override
    public StoreReading<BundleTotals> bundlesOf(String experiment, List<Integer> partitions) {
        BundleTotals totals = new BundleTotals();
        bundleReports.stream()
                .filter(found -> found.experiment().equals(experiment))
                .filter(found -> partitions.contains(partitionOf(experiment)))
                .forEach(found -> totals.add(ReportMapper.BUNDLES.toDomain(found.report())));
        return new StoreReading<>(totals, stale);
    }

    private int partitionOf(String experiment) {
        return Partitioning.partitionOf(experiment, engine.settings().get(ServiceSettings.TOPIC_PARTITIONS));
    }

    @Override
    public CompletableFuture<Void> publish(Topic topic, String key, SpecificRecord value) {
        publications.incrementAndGet();
        if (brokerFailure != null) {
            return CompletableFuture.failedFuture(brokerFailure);
        }
        published.add(new Published(engine.topics().name(topic), key, value));
        if (indexing) {
            index(topic, key, value);
        }
        afterPublication.run();
        return CompletableFuture.completedFuture(null);
    }

    private void index(Topic topic, String key, SpecificRecord value) {
        if (value instanceof dev.kombo.schema.Item item) {
            catalog.putItem(CatalogMapper.ITEMS.toDomain(item));
        } else if (value instanceof dev.kombo.schema.Bundle bundle) {
            catalog.putBundle(CatalogMapper.BUNDLES.toDomain(bundle));
        } else if (value == null && topic == Topic.ITEM_CATALOG) {
            catalog.removeItem(key);
        } else if (value == null && topic == Topic.BUNDLE_CATALOG) {
            catalog.removeBundle(key);
        }
    }

    @Override
    public Address self() {
        return self;
    }

    @Override
    public Placement place(String store, int partition) {
        return placements.apply(partition);
    }

    @Override
    public List<Address> instances() {
        return instances;
    }

    @Override
    public boolean live() {
        return live;
    }

    @Override
    public boolean informed() {
        return ready;
    }

    @Override
    public String obstacle() {
        return ready ? null : "the instance is " + state();
    }

    @Override
    public String state() {
        return ready ? "RUNNING" : "REBALANCING";
    }

    @Override
    public OptionalLong lag() {
        return OptionalLong.of(lag);
    }

    @Override
    public InstanceView describe() {
        return new InstanceView(state(), ready, obstacle(), lag, List.of(), List.of(), activity);
    }

    /** A shop with two items, tea and cup, and a bundle of them. */
    public ScriptedSources withTeaShop() {
        catalog.putItem(new Item("tea", "Green tea", "kitchen", 450, "GBP", Item.UNKNOWN, Item.UNLIMITED));
        catalog.putItem(new Item("cup", "Cup", "kitchen", 600, "GBP", 200, 12));
        catalog.putModel(new EntityModel(
                Entity.ofItem("tea"),
                new float[] {0.5f, -1f},
                3,
                4,
                1000,
                10,
                7,
                440,
                "GBP",
                List.of(new Neighbor("cup", 2.5f, 3)),
                EngagementCounts.NONE,
                0,
                0,
                0,
                RepurchaseCounts.NONE,
                LevelCounts.NONE));
        catalog.putBundle(new Bundle(
                "tea-time",
                "Tea time",
                List.of(new BundleMember("tea", 2), new BundleMember("cup", 1)),
                1350,
                1500,
                "GBP",
                Bundle.Origin.MINED,
                500));
        return this;
    }

    /** A shopper last seen at a time, with offers. */
    public static ShopperState shopper(long lastSeen, OpenOffer... offers) {
        SettingValues defaults = SettingValues.defaults();
        Behavior behavior = new Behavior(ProfileLimits.of(defaults));
        for (int i = 0; i < 5; i++) {
            EventType type = i < 4 ? EventType.VIEW : EventType.PURCHASE;
            behavior.record(new ShopperEvent(
                    "e" + i,
                    "ann",
                    null,
                    type,
                    null,
                    null,
                    null,
                    null,
                    1,
                    ShopperEvent.NO_PRICE,
                    null,
                    Double.NaN,
                    null,
                    i == 0 ? 100 : lastSeen,
                    Map.of(),
                    false,
                    ShopperEvent.NOT_STATED));
        }
        behavior.spend().put("GBP", 450L);
        behavior.categories().add("kitchen", 1.5f);
        LedgerState ledger = LedgerState.empty();
        ledger.offers().addAll(List.of(offers));
        return new ShopperState(
                behavior,
                new OfferLedger(AttributionSettings.of(defaults), ShopperKey.shopper("u:ann"), ledger),
                null,
                0);
    }

    /** A shopper in an arm. */
    public static ShopperState enrolled(String arm) {
        ShopperState shopper = shopper(2000);
        shopper.enrollment(new Enrollment("kombo-default", arm, 0, 100));
        return shopper;
    }

    /** An offer of the bundle tea-time, as one that has a slot for a drink. */
    public static OpenOffer offer(String id, long offeredAt, long expiresAt) {
        FilledSlot drink = new FilledSlot(
                "drink",
                List.of(new BundleMember("tea", 2)),
                List.of(new FilledSlot.Alternative("cocoa", "tea", 1300)));
        return new OpenOffer(
                id,
                "default",
                new Assignment("first", "fused", 1),
                offeredAt,
                expiresAt,
                expiresAt + 1000,
                List.of(new OfferedBundle(
                        "tea-time",
                        1,
                        new OfferedPrice(1350, 150, 150, "GBP", true, new long[] {810, 540}, new long[0]),
                        List.of(new BundleMember("tea", 2), new BundleMember("cup", 1)),
                        List.of(drink),
                        OfferedBundle.NO_FEATURES)));
    }

    /** A comparison in pounds with round figures. */
    public static ArmComparison comparison(UpliftVerdict verdict) {
        return ArmComparison.newBuilder()
                .setMeasure("revenue28d")
                .setCurrency("GBP")
                .setArm("fused")
                .setReference("holdout")
                .setVerdict(verdict)
                .setUsers(12_000)
                .setReferenceUsers(1_300)
                .setBurnIn(250)
                .setMean(1352.4)
                .setReferenceMean(1300.0)
                .setDifference(52.4)
                .setDifferenceLow(12.0)
                .setDifferenceHigh(92.8)
                .setRelative(0.0403)
                .setRelativeLow(0.009)
                .setRelativeHigh(0.072)
                .build();
    }

    /** A report of one arm with round figures. */
    public static ConversionReport report(ReportWindow window, long start) {
        CurrencyAmount pounds = CurrencyAmount.newBuilder()
                .setCurrency("GBP")
                .setRevenueMinor(123_450)
                .setAttributedMinor(13_500)
                .setSavingMinor(1500)
                .setViewThroughMinor(5400)
                .setRevenuePerUser(3086.25)
                .build();
        ArmReport arm = ArmReport.newBuilder()
                .setArm("fused")
                .setUsers(40)
                .setActiveUsers(38)
                .setOffers(1200)
                .setImpressions(1000)
                .setClicks(100)
                .setDismissals(5)
                .setConversions(10)
                .setPartialConversions(2)
                .setReturns(1)
                .setPurchases(300)
                .setAmounts(List.of(pounds))
                .setClickThroughRate(0.1)
                .setConversionRate(0.01)
                .setViewThroughConversions(4)
                .setCrossConversions(3)
                .setReturnedConversions(1)
                .setReturnedShare(0.1)
                .setDismissalRate(0.005)
                .setModelStage(window == ReportWindow.TOTAL ? "shrunk" : null)
                .setPlacements(
                        window == ReportWindow.TOTAL
                                ? List.of(new PlacementReport("home", 900L, 800L, 90L, 4L, 8L, Map.of("GBP", 10_800L)))
                                : List.of())
                .setBundles(List.of(BundleReport.newBuilder()
                        .setBundleId("tea-time")
                        .setOffers(7)
                        .setClicks(3)
                        .setConversions(1)
                        .setRevenueMinor(1350)
                        .setCurrency("GBP")
                        .build()))
                .build();
        return ConversionReport.newBuilder()
                .setExperiment("first")
                .setWindow(window)
                .setWindowStart(start)
                .setLastEventTime(start + 500)
                .setArms(List.of(arm))
                .build();
    }
}
