package dev.kombo.lab.quality.engine;

import dev.kombo.catalog.CatalogIndex;
import dev.kombo.catalog.Neighbor;
import dev.kombo.catalog.StableHash;
import dev.kombo.catalog.Target;
import dev.kombo.catalog.TargetModel;
import dev.kombo.engine.FirstFactors;
import dev.kombo.engine.Orders;
import dev.kombo.engine.SweepLearner;
import dev.kombo.engine.TargetState;
import dev.kombo.engine.TargetUpdate;
import dev.kombo.engine.TargetUpdates;
import dev.kombo.engine.TasteLearner;
import dev.kombo.learning.CooccurrenceCounts;
import dev.kombo.learning.ItemFactorLearner;
import dev.kombo.learning.NeighborCounts;
import dev.kombo.profile.Behavior;
import dev.kombo.profile.EventType;
import dev.kombo.profile.ShopperEvent;
import dev.kombo.profile.ShopperKey;
import dev.kombo.profile.ShopperState;
import dev.kombo.topology.EngineSettings;
import dev.kombo.tracking.LedgerState;
import dev.kombo.tracking.OfferLedger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/**
 * The production classes of learning over maps instead of stores and topics: one shopper task, one item task, one
 * index. What the topology does by the clock happens by the number of events: publication of changed targets, and
 * replay sweeps. Not thread-safe.
 */
public final class InProcessEngine {
    private static final class Owned {
        private final TargetState state;
        private final NeighborCounts neighbors;
        private final CooccurrenceCounts cooccurrences;

        private Owned(TargetState state, NeighborCounts neighbors, CooccurrenceCounts cooccurrences) {
            this.state = state;
            this.neighbors = neighbors;
            this.cooccurrences = cooccurrences;
        }
    }

    private final EngineSettings settings;
    private final EnginePace pace;
    private final List<CatalogIndex> indexes;
    private final TasteLearner taste;
    private final SweepLearner sweeper;
    private final Orders orders;
    private final FirstFactors first;
    private final ItemFactorLearner itemLearner;
    private final Map<String, ShopperState> shoppers = new HashMap<>();
    private final List<String> shopperKeys = new ArrayList<>();
    private final Map<String, Owned> targets = new HashMap<>();
    private final Set<String> pending = new LinkedHashSet<>();
    private final LongAdder dropped = new LongAdder();
    private final TargetUpdates updates = this::apply;
    private long events;
    private long replays;
    private int sweepCursor;
    private long sweepRound;
    private long sweepTime;

    /**
     * An engine that knows nothing.
     *
     * @param pace how often what happens, by events
     * @param indexes the first is learned from; all get the models
     */
    public InProcessEngine(EngineSettings settings, EnginePace pace, List<CatalogIndex> indexes) {
        this.settings = settings;
        this.pace = pace;
        this.indexes = List.copyOf(indexes);
        CatalogIndex catalog = indexes.get(0);
        this.taste = new TasteLearner(
                settings.factors(), catalog, settings.replayBudget(), settings.companions(), dropped, new LongAdder());
        this.sweeper = new SweepLearner(settings.factors(), catalog, dropped);
        this.orders = new Orders(
                catalog, settings.orderCloseMillis(), settings.attribution().windowMillis());
        this.first = new FirstFactors(catalog, settings.factors());
        this.itemLearner = new ItemFactorLearner(settings.factors());
    }

    /** The shopper's state, made anew where the shopper is not known. */
    public ShopperState shopper(String key) {
        return shoppers.computeIfAbsent(key, unused -> {
            shopperKeys.add(key);
            return new ShopperState(
                    new Behavior(settings.profile()),
                    new OfferLedger(settings.attribution(), ShopperKey.shopper(key), LedgerState.empty()),
                    null,
                    0);
        });
    }

    /** Learns from an event, as the shopper task and the item task do. */
    public void learn(ShopperEvent event) {
        String key = event.shopperKey();
        ShopperState shopper = shopper(key);
        if (event.type() == EventType.PURCHASE) {
            orders.line(shopper, event, updates);
        }
        taste.learn(key, shopper.behavior(), event, false, updates);
        shopper.behavior().record(event, orders.membersOf(event));
        events++;
        sweepTime = Math.max(sweepTime, event.time());
        if (events % pace.eventsPerPublication() == 0) {
            publish();
        }
        if (events % pace.eventsPerSweep() == 0) {
            sweep();
        }
    }

    /** Closes a shopper's open order. */
    public void closeOrder(String key) {
        ShopperState shopper = shopper(key);
        if (shopper.behavior().order() != null) {
            orders.close(shopper, updates);
        }
    }

    /** A slice of a replay sweep. */
    private void sweep() {
        sweeper.begin();
        for (int i = 0; i < settings.sweepUsers(); i++) {
            if (sweepCursor >= shopperKeys.size()) {
                sweepCursor = 0;
                sweepRound++;
                break;
            }
            String key = shopperKeys.get(sweepCursor++);
            replays += sweeper.replay(shoppers.get(key).behavior(), StableHash.of(key, sweepRound));
        }
        sweeper.drain(sweepTime, updates);
    }

    private void apply(String target, TargetUpdate update) {
        Owned owned = targets.computeIfAbsent(target, this::unknown);
        boolean first = pending.add(target);
        if (!owned.state.apply(update, itemLearner, first)) {
            dropped.increment();
        }
        if (update.hasPartners()) {
            update.countPartners(owned.neighbors);
        }
        if (update.touch() != null) {
            update.countCompanions(owned.cooccurrences);
        }
    }

    private Owned unknown(String target) {
        String id = target.equals(Target.ALL) ? target : Target.idOf(target);
        return new Owned(
                TargetState.unknown(target, first, settings.popularity(), settings.responses()),
                new NeighborCounts(id, settings.neighbors()),
                new CooccurrenceCounts(settings.cooccurrences()));
    }

    /** Publishes what changed. */
    public void publish() {
        for (String target : pending) {
            TargetModel model = model(target, targets.get(target));
            for (CatalogIndex index : indexes) {
                index.putModelLater(model);
            }
        }
        pending.clear();
        indexes.forEach(CatalogIndex::refresh);
    }

    private TargetModel model(String target, Owned owned) {
        TargetState state = owned.state;
        List<Neighbor> neighbors = owned.neighbors.strongest(settings.publishedNeighbors());
        return new TargetModel(
                target,
                state.factors().vector().clone(),
                state.factors().bias(),
                state.popularity().shortTerm(),
                state.popularity().longTerm(),
                state.popularity().time(),
                state.interactions(),
                state.purchases(),
                state.lastPriceMinor(),
                state.currency(),
                neighbors,
                owned.cooccurrences.strongest(settings.publishedCooccurrences()),
                state.responses().counts(),
                state.interactions());
    }

    /** Partners of an item, or null where nothing is known of it. */
    public NeighborCounts partners(String itemId) {
        Owned owned = targets.get(Target.ofItem(itemId));
        return owned == null ? null : owned.neighbors;
    }

    /** Stored interactions that sweeps learned from again, once each time. */
    public long replays() {
        return replays;
    }

    /** Steps and gradients that would not have been finite. */
    public long dropped() {
        return dropped.sum();
    }
}
