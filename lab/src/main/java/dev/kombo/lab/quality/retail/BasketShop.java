package dev.kombo.lab.quality.retail;

import dev.kombo.catalog.CatalogIndex;
import dev.kombo.catalog.Target;
import dev.kombo.catalog.TargetModel;
import dev.kombo.engine.Evenness;
import dev.kombo.lab.quality.data.Basket;
import dev.kombo.lab.quality.data.BasketLine;
import dev.kombo.lab.quality.data.Baskets;
import dev.kombo.lab.quality.engine.EnginePace;
import dev.kombo.lab.quality.engine.InProcessEngine;
import dev.kombo.profile.Behavior;
import dev.kombo.profile.EventType;
import dev.kombo.profile.ShopperEvent;
import dev.kombo.profile.ShopperKey;
import dev.kombo.ranking.Ranker;
import dev.kombo.ranking.RankingRequest;
import dev.kombo.ranking.ShopperContext;
import dev.kombo.ranking.Signal;
import dev.kombo.ranking.SlateGoal;
import dev.kombo.ranking.SlateRanker;
import dev.kombo.topology.EngineSettings;
import java.util.List;
import java.util.Set;

/** The engine and what it sells: items and mined bundles, each in an index of its own. */
final class BasketShop {
    private static final EnginePace PACE = new EnginePace(200, 40);
    private static final long DAY = 86_400_000L;

    /** Only its signals are used: what ranks is learned beside it. */
    private static final Ranker PRIOR = Ranker.linear(Signal.priorWeights());

    private final Baskets names;
    private final Evenness evenness;
    private final String currency;
    private final InProcessEngine engine;
    private final ItemShelf shelf;
    private final MinedCatalog mined;
    private final Ownership ownership = new Ownership();
    private final CatalogIndex itemIndex;
    private final SlateRanker itemRanker;
    private final SlateRanker bundleRanker;
    private long day = Long.MIN_VALUE;

    /**
     * A shop that has sold nothing.
     *
     * @param currency ISO 4217 code of all prices
     */
    BasketShop(Baskets names, EngineSettings settings, String currency) {
        this.names = names;
        this.evenness = settings.evenness();
        this.currency = currency;
        itemIndex = new CatalogIndex(settings.index());
        CatalogIndex bundleIndex = new CatalogIndex(settings.index());
        engine = new InProcessEngine(settings, PACE, List.of(itemIndex, bundleIndex));
        shelf = new ItemShelf(itemIndex, currency);
        mined = new MinedCatalog(engine, bundleIndex, names.items(), settings.mining());
        itemRanker = new SlateRanker(itemIndex, settings.ranking());
        bundleRanker = new SlateRanker(bundleIndex, settings.ranking());
    }

    /** Does what is done once a day. */
    void reach(long time) {
        if (time / DAY != day) {
            day = time / DAY;
            engine.publish();
            mined.mine(time);
        }
    }

    /** Learns from a line of a basket. */
    void buy(Basket basket, BasketLine line) {
        String item = names.items().id(line.item());
        engine.learn(new ShopperEvent(
                basket.id() + ":" + line.place(),
                names.users().id(basket.user()),
                null,
                EventType.PURCHASE,
                item,
                null,
                null,
                basket.id(),
                line.quantity(),
                line.unitPriceMinor(),
                currency,
                Double.NaN,
                null,
                line.time(),
                null,
                0));
    }

    /** Ends a basket whose lines were all bought. */
    void close(Basket basket) {
        engine.closeOrder(key(basket.user()));
        for (BasketLine line : basket.lines()) {
            String id = names.items().id(line.item());
            ownership.add(basket.user(), line.item());
            shelf.add(line.item(), id, line.unitPriceMinor(), line.time());
            mined.touch(id);
        }
    }

    private String key(int user) {
        return ShopperKey.ofUser(names.users().id(user));
    }

    /** What is known of a user. */
    Behavior behavior(int user) {
        return engine.shopper(key(user)).behavior();
    }

    /** Scores all items for a user at a time. */
    void scoreItems(int user, long now, SignalTable table) {
        table.load(itemRanker.scoreAll(request(user, now)));
    }

    /** Scores all mined bundles for a user at a time. */
    void scoreBundles(int user, long now, SignalTable table) {
        table.load(bundleRanker.scoreAll(request(user, now)));
    }

    private RankingRequest request(int user, long now) {
        Behavior behavior = behavior(user);
        return new RankingRequest(
                behavior, null, behavior.segments(), Set.of(), "evaluation", now, 0, 1, PRIOR, SlateGoal.relevance());
    }

    /** What all candidates share for a user at a time. */
    float[] context(int user, long now) {
        return ShopperContext.of(request(user, now));
    }

    /** What a choice of the user weighs for the fusions. */
    float weight(int user) {
        return evenness.weight(engine.shopper(key(user)).behavior());
    }

    /** Baskets that held the item, 0 where it is not known. */
    long purchases(int item) {
        TargetModel model = itemIndex.model(Target.ofItem(names.items().id(item)));
        return model == null ? 0 : model.purchases();
    }

    ItemShelf shelf() {
        return shelf;
    }

    MinedCatalog mined() {
        return mined;
    }

    Ownership ownership() {
        return ownership;
    }

    long dropped() {
        return engine.dropped();
    }
}
