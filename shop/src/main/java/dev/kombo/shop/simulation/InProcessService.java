package dev.kombo.shop.simulation;

import dev.kombo.attribution.OfferedBundle;
import dev.kombo.attribution.Outcome;
import dev.kombo.attribution.OutcomeKind;
import dev.kombo.engine.EngineSettings;
import dev.kombo.engine.event.EventOutputs.NewOffer;
import dev.kombo.engine.model.Arrival;
import dev.kombo.engine.report.Report;
import dev.kombo.engine.report.ReportKeys;
import dev.kombo.engine.report.ReportOutput;
import dev.kombo.engine.shopper.ShopperOutput;
import dev.kombo.engine.strategy.StrategyOutput;
import dev.kombo.entity.BundleMember;
import dev.kombo.experiment.BudgetSpending;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.metric.Counters;
import dev.kombo.metric.KomboMetric;
import dev.kombo.profile.ShopperEvent;
import dev.kombo.ranking.PredictedConversions;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.serde.CatalogMapper;
import dev.kombo.serde.EventMapper;
import dev.kombo.settings.Millis;
import dev.kombo.shop.engine.InProcessTasks;
import dev.kombo.shop.simulation.Simulation.OfferService;
import dev.kombo.slot.FilledSlot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The service under test in a simulation, without Kafka: all of its tasks, over tables in memory. Their clock is the
 * simulated time; items are published by the number of events instead, as a simulated day has more events per second
 * than a real one has seconds. Not thread-safe.
 */
class InProcessService implements OfferService, InProcessTasks.Listener {
    /** Events between two publications of changed items and bundles. */
    private static final int EVENTS_PER_PUBLICATION = 600;

    /** Time between two calls of the item task by the clock, in milliseconds. */
    private static final long ITEM_INTERVAL = 20;

    /** Most calls of the item task in a row, a minute of the service's work. */
    private static final int MOST_ITEM_CALLS = 3_000;

    /** Simulated time between two publications of the ranker, and of reports. */
    private static final long PUBLICATION_INTERVAL = Millis.HOUR;

    /** Simulated time between two publications of reports where budgets limit discounts by what reports say. */
    private static final long BUDGET_INTERVAL = 10 * Millis.MINUTE;

    private final SimulatedCatalog shop;
    private final StrategyPlan plan;
    private final Counters counters = new Counters();
    private final InProcessTasks tasks;
    private final long reportInterval;
    private final List<ShownSlate> offers = new ArrayList<>();
    private final Map<String, ServiceReport.Entry> entries = new HashMap<>();
    /** What discounts cost, by arm and day. */
    private final Map<String, Map<Long, Long>> discounts = new HashMap<>();

    private Report total;
    private long events;
    private long time = Long.MIN_VALUE;
    private long rankerDue = Long.MIN_VALUE;
    private long reportDue = Long.MIN_VALUE;

    /** A service that knows only the catalogue and the strategy. */
    InProcessService(EngineSettings settings, StrategyPlan plan, SimulatedWorld world) {
        this.shop = world.catalog();
        this.plan = plan;
        this.tasks = new InProcessTasks(settings, counters, this);
        this.reportInterval = plan.options().budgets().isEmpty() ? PUBLICATION_INTERVAL : BUDGET_INTERVAL;
        Arrival before = new Arrival(0, 0);
        shop.items()
                .forEach(item -> tasks.published().item(item.getItemId(), CatalogMapper.ITEMS.toDomain(item), before));
        world.published()
                .forEach(bundle ->
                        tasks.published().bundle(bundle.getBundleId(), CatalogMapper.BUNDLES.toDomain(bundle), before));
        tasks.models().refresh().complete();
        tasks.publish(plan, 0);
    }

    @Override
    public List<ShownSlate> process(List<BehaviorEvent> published) {
        offers.clear();
        published.forEach(event -> process(EventMapper.toDomain(event)));
        boolean due = true;
        while (due) {
            due = tasks.tickShopper(time);
            tasks.deliver();
        }
        return List.copyOf(offers);
    }

    private void process(ShopperEvent event) {
        time = Math.max(time, event.time());
        tasks.handle(event, time);
        events++;
        if (events % EVENTS_PER_PUBLICATION == 0) {
            publishItems();
        }
        if (time >= rankerDue) {
            tasks.tickTrainer(time);
            rankerDue = time + PUBLICATION_INTERVAL;
        }
        if (time >= reportDue) {
            tasks.tickReport(time);
            reportDue = time + reportInterval;
        }
        tasks.deliver();
    }

    private void publishItems() {
        boolean more = true;
        for (int call = 0; more && call < MOST_ITEM_CALLS; call++) {
            more = tasks.tickItem(time + call * ITEM_INTERVAL);
            tasks.deliver();
        }
    }

    /** What the discounts of an arm cost, by day. */
    Map<Long, Long> discounts(String arm) {
        return discounts.getOrDefault(arm, Map.of());
    }

    /** Returns the report after the last event. */
    ServiceReport report() {
        long twice = counters.get(KomboMetric.EVENTS, "duplicate");
        if (twice > 0) {
            throw new IllegalStateException("the shop published " + twice + " events twice");
        }
        tasks.tickTrainer(time);
        tasks.tickReport(time);
        tasks.deliver();
        return ServiceReport.of(total, entries);
    }

    /** What the conversion model had predicted, and what followed. */
    PredictedConversions predictions() {
        return tasks.models().predictedConversions();
    }

    @Override
    public void told(ShopperOutput output) {
        if (output instanceof ShopperOutput.OfferMade made) {
            offers.add(shown(made.offer()));
        } else if (output instanceof ShopperOutput.OutcomesFound found
                && found.experiment().equals(plan.salt())) {
            found.outcomes().forEach(this::note);
        } else if (output instanceof ShopperOutput.Rejected rejected) {
            throw new IllegalStateException("the shop published an event that is refused: " + rejected.violation());
        }
    }

    private void note(Outcome outcome) {
        if (outcome.kind() == OutcomeKind.CONVERSION) {
            discounts
                    .computeIfAbsent(outcome.arm(), arm -> new TreeMap<>())
                    .merge(
                            BudgetSpending.dayOf(outcome.eventTime()),
                            outcome.bought().amount().savingMinor(),
                            Long::sum);
        } else if (outcome.kind() == OutcomeKind.ENTERED) {
            entries.put(outcome.shopper().userId(), new ServiceReport.Entry(outcome.arm(), outcome.eventTime()));
        }
    }

    @Override
    public void told(ReportOutput output) {
        if (output instanceof ReportOutput.Published published
                && published.key().equals(ReportKeys.total(plan.salt()))) {
            total = published.report();
        }
    }

    @Override
    public void told(StrategyOutput output) {
        if (output instanceof StrategyOutput.Rejected rejected) {
            throw new IllegalStateException("the strategy is refused: " + rejected.problems());
        }
    }

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
