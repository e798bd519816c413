package dev.kombo.lab.simulation;

import dev.kombo.attribution.OfferedBundle;
import dev.kombo.attribution.Outcome;
import dev.kombo.attribution.UnmatchedFeedback;
import dev.kombo.catalog.BundleMember;
import dev.kombo.catalog.FilledSlot;
import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.catalog.index.WritableCatalogIndex;
import dev.kombo.engine.Engine;
import dev.kombo.engine.EngineSettings;
import dev.kombo.engine.entity.EntityUpdate;
import dev.kombo.engine.shopper.EventFlow;
import dev.kombo.engine.shopper.EventModels;
import dev.kombo.engine.shopper.EventOutputs;
import dev.kombo.engine.shopper.EventOutputs.ConversionExample;
import dev.kombo.engine.shopper.EventOutputs.Login;
import dev.kombo.engine.shopper.EventOutputs.NewOffer;
import dev.kombo.engine.shopper.EventOutputs.RankedExample;
import dev.kombo.engine.shopper.EventOutputs.UnmatchedSwap;
import dev.kombo.engine.shopper.OfferSettings;
import dev.kombo.engine.shopper.ShopperMaintenance;
import dev.kombo.engine.trainer.ConversionTrainer;
import dev.kombo.experiment.BudgetBoard;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.experiment.uplift.UpliftSettings;
import dev.kombo.lab.engine.InProcessEntities;
import dev.kombo.lab.engine.InProcessShoppers;
import dev.kombo.lab.engine.TrainedNetwork;
import dev.kombo.lab.simulation.Simulation.OfferService;
import dev.kombo.profile.EventRules;
import dev.kombo.profile.ShopperEvent;
import dev.kombo.profile.ShopperState;
import dev.kombo.ranking.ConversionModel;
import dev.kombo.ranking.PredictedConversions;
import dev.kombo.ranking.contest.Rankers;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.serde.CatalogMapper;
import dev.kombo.serde.EventMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The service under test in a simulation, without Kafka: its own classes for events, entities, trainer and reports,
 * connected through maps. This class is all of the wiring. Work that the topology does by the clock is done by the
 * number of events (publication of entities) or by event time (publication of the ranker, maintenance of shoppers). Not
 * thread-safe.
 */
class InProcessService implements OfferService, EventOutputs, EventModels {
    /** Events between two publications of changed entities. */
    private static final int EVENTS_PER_PUBLICATION = 600;

    private static final long RANKER_INTERVAL = TimeUnit.HOURS.toMillis(1);

    private final SimulatedCatalog shop;
    private final EventRules rules;
    private final WritableCatalogIndex catalog;
    private final StrategyPlan plan;
    private Rankers rankers;
    private ConversionModel conversionModelInForce = ConversionModel.prior();
    private final InProcessShoppers shoppers;
    private final InProcessEntities entities;
    private final TrainedNetwork trainer;
    private final ConversionTrainer conversionTrainer = new ConversionTrainer();
    private final EventFlow flow;
    private final ShopperMaintenance maintenance;
    private final InProcessReports reports;
    private final List<ShownSlate> offers = new ArrayList<>();
    private BudgetBoard spending = BudgetBoard.EMPTY;
    private long events;
    private long time = Long.MIN_VALUE;
    private long rankerDue = Long.MIN_VALUE;
    private long conversionModelVersion;

    /** A service that knows only the catalogue. */
    InProcessService(EngineSettings settings, StrategyPlan plan, SimulatedWorld world) {
        this.shop = world.catalog();
        long seed = world.settings().seed();
        this.rules = settings.rules();
        this.catalog = new WritableCatalogIndex(settings.index());
        shop.items().forEach(item -> catalog.putItem(CatalogMapper.ITEMS.toDomain(item)));
        world.published().forEach(bundle -> catalog.putBundle(CatalogMapper.BUNDLES.toDomain(bundle)));
        this.plan = plan;
        this.rankers = Rankers.prior(settings.training().shape().kind(), seed);
        this.shoppers = new InProcessShoppers(settings);
        this.entities = new InProcessEntities(settings, List.of(catalog));
        this.trainer = new TrainedNetwork(
                settings.training().shape().kind(), settings.training().network(), true, seed);
        Engine steps = new Engine(settings, this);
        this.flow = steps.flow(what -> {});
        this.maintenance = steps.maintenance();
        this.reports = new InProcessReports(
                plan, settings.get(UpliftSettings.REVENUE_CAP), settings.get(OfferSettings.VALIDITY));
    }

    @Override
    public List<ShownSlate> process(List<BehaviorEvent> published) {
        offers.clear();
        published.forEach(event -> process(EventMapper.toDomain(event)));
        maintainShoppers();
        return List.copyOf(offers);
    }

    private void process(ShopperEvent event) {
        EventRules.Violation violation = rules.check(event, event.time());
        if (violation != null) {
            throw new IllegalStateException("the shop published an event that is refused: " + violation);
        }
        String key = event.shopperKey();
        ShopperState shopper = shoppers.state(key);
        if (shopper.behavior().knownEvents().contains(event)) {
            throw new IllegalStateException("the shop published " + event.eventId() + " twice");
        }
        flow.handle(key, shopper, event, this);
        spending = reports.spending();
        events++;
        time = Math.max(time, event.time());
        if (events % EVENTS_PER_PUBLICATION == 0) {
            entities.publish();
        }
        if (time >= rankerDue) {
            rankers = trainer.rankers();
            conversionModelInForce = new ConversionModel(
                    conversionTrainer.model().weights(),
                    ++conversionModelVersion,
                    conversionTrainer.model().accepted());
            rankerDue = time + RANKER_INTERVAL;
        }
    }

    private void maintainShoppers() {
        for (String key : shoppers.keys()) {
            ShopperState shopper = shoppers.state(key);
            if (maintenance.nextDue(shopper) <= time) {
                maintenance.maintain(key, shopper, time, this);
            }
        }
    }

    @Override
    public CatalogIndex catalog() {
        return catalog;
    }

    @Override
    public Rankers rankers() {
        return rankers;
    }

    @Override
    public StrategyPlan planOf(String shopperKey) {
        return plan;
    }

    @Override
    public ConversionModel conversionModel() {
        return conversionModelInForce;
    }

    @Override
    public BudgetBoard budgets() {
        return spending;
    }

    /** What the discounts of an arm cost, by day. */
    Map<Long, Long> discounts(String arm) {
        return reports.discounts(arm);
    }

    /** Returns the report after the last event. */
    ServiceReport report() {
        return reports.report();
    }

    /** What the conversion model had predicted, and what followed. */
    PredictedConversions predictions() {
        return conversionTrainer.predictions();
    }

    @Override
    public void outcome(Outcome outcome) {
        reports.apply(outcome);
    }

    @Override
    public void update(String entity, EntityUpdate update) {
        entities.update(entity, update);
    }

    @Override
    public void emit(String key, NewOffer offered) {
        offers.add(shown(offered));
    }

    @Override
    public void emit(RankedExample ranked) {
        trainer.learn(ranked.example());
    }

    @Override
    public void emit(ConversionExample example) {
        conversionTrainer.learn(example);
    }

    /** A simulated shopper answers offers of its own only. */
    @Override
    public void emit(String shopperId, UnmatchedFeedback unmatched) {}

    /** A simulated shopper swaps only what a bundle allows. */
    @Override
    public void emit(String shopperId, UnmatchedSwap swap) {}

    /** All simulated shoppers have an account: there are no sessions to merge. */
    @Override
    public void emit(Login login) {}

    private ShownSlate shown(NewOffer offered) {
        List<ShownSlate.Position> positions =
                offered.open().bundles().stream().map(this::position).toList();
        return new ShownSlate(offered.open().offerId(), offered.trigger().userId(), positions);
    }

    private ShownSlate.Position position(OfferedBundle offered) {
        int bundle = shop.bundleIndex(offered.bundleId());
        List<ShownSlate.Position> swaps = new ArrayList<>();
        for (FilledSlot slot : offered.slots()) {
            for (FilledSlot.Alternative swap : slot.alternatives()) {
                int[] members = members(offered, swap.replaces(), swap.itemId());
                swaps.add(new ShownSlate.Position(
                        bundle, members, swap.priceMinor(), List.of(), Map.of(swap.replaces(), swap.itemId())));
            }
        }
        return new ShownSlate.Position(bundle, members(offered, null, null), offered.priceMinor(), swaps, Map.of());
    }

    /** The items of an offered bundle, one of them replaced by another; null: none. */
    private int[] members(OfferedBundle offered, String replaced, String other) {
        return offered.members().stream()
                .map(BundleMember::itemId)
                .mapToInt(id -> shop.itemIndex(id.equals(replaced) ? other : id))
                .toArray();
    }
}
