package dev.kombo.research.evaluation;

import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.catalog.index.WritableCatalogIndex;
import dev.kombo.engine.EngineSettings;
import dev.kombo.entity.Entity;
import dev.kombo.entity.EntityModel;
import dev.kombo.profile.Behavior;
import dev.kombo.profile.EventType;
import dev.kombo.profile.ShopperEvent;
import dev.kombo.profile.ShopperKey;
import dev.kombo.research.data.Basket;
import dev.kombo.research.data.Baskets;
import dev.kombo.research.engine.InProcessEngine;
import dev.kombo.settings.Millis;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The shop behind a data set of baskets, as it was at some time: items sold and bundles mined so far, each in an index
 * of its own, and the engine that learned from them.
 */
final class BasketShop {
    /** Lines learned from between two publications of the items and bundles that changed. */
    private static final int EVENTS_PER_PUBLICATION = 200;

    private final Baskets names;
    private final String currency;
    private final boolean mines;
    private final InProcessEngine engine;
    private final WritableCatalogIndex itemIndex;
    private final WritableCatalogIndex bundleIndex;
    private final ItemRegistry shelf;
    private final MinedCatalog mined;
    private final Map<Integer, Map<Integer, Integer>> owned = new HashMap<>();
    private long day = Long.MIN_VALUE;

    /**
     * @param currency ISO 4217 code of all prices
     * @param mines whether bundles are mined
     */
    BasketShop(Baskets names, EngineSettings settings, String currency, boolean mines) {
        this.names = names;
        this.mines = mines;
        this.currency = currency;
        itemIndex = new WritableCatalogIndex(settings.index());
        bundleIndex = new WritableCatalogIndex(settings.index());
        engine = new InProcessEngine(settings, EVENTS_PER_PUBLICATION, List.of(itemIndex, bundleIndex));
        shelf = new ItemRegistry(itemIndex, currency);
        mined = new MinedCatalog(engine, bundleIndex, names.items(), settings.mining());
    }

    /** Does the daily work up to a time. */
    void reach(long time) {
        if (time / Millis.DAY != day) {
            day = time / Millis.DAY;
            engine.entities().publish();
            if (mines) {
                mined.mine(time);
            }
        }
    }

    /** Learns from a line of a basket. */
    void buy(Basket basket, Basket.BasketLine line) {
        engine.learn(new ShopperEvent(
                basket.id() + ":" + line.place(),
                names.users().id(basket.user()),
                null,
                EventType.PURCHASE,
                names.items().id(line.item()),
                null,
                null,
                basket.id(),
                line.quantity(),
                line.paidMinor() == 0 ? ShopperEvent.NO_PRICE : line.unitPriceMinor(),
                line.paidMinor() == 0 ? null : currency,
                Double.NaN,
                null,
                line.time(),
                Map.of(),
                false,
                ShopperEvent.NOT_STATED));
    }

    /** Closes a basket after its last line. */
    void close(Basket basket) {
        engine.closeOrder(key(basket.user()));
        Map<Integer, Integer> counts = owned.computeIfAbsent(basket.user(), none -> new HashMap<>());
        for (Basket.BasketLine line : basket.lines()) {
            String id = names.items().id(line.item());
            counts.merge(line.item(), 1, Integer::sum);
            shelf.add(line.item(), id, line.unitPriceMinor(), line.time());
            mined.changed(id);
        }
    }

    private String key(int user) {
        return ShopperKey.ofUser(names.users().id(user));
    }

    /** The behaviour of a user so far. */
    Behavior behavior(int user) {
        return engine.shopper(key(user)).behavior();
    }

    /**
     * Number of baskets in which a user bought each item. It is exact, while a profile forgets: it decides what is new
     * to a user.
     */
    Map<Integer, Integer> owned(int user) {
        return owned.getOrDefault(user, Map.of());
    }

    /** Number of baskets with the item, 0 if it is unknown. */
    long purchases(int item) {
        EntityModel model = itemIndex.model(Entity.ofItem(names.items().id(item)));
        return model == null ? 0 : model.purchases();
    }

    /** Number of baskets with the least bought member of a mined bundle. */
    long purchases(BundleEntry bundle) {
        return IntStream.of(mined.members(bundle))
                .mapToLong(this::purchases)
                .min()
                .orElseThrow();
    }

    ItemRegistry shelf() {
        return shelf;
    }

    MinedCatalog mined() {
        return mined;
    }

    CatalogIndex itemIndex() {
        return itemIndex;
    }

    CatalogIndex bundleIndex() {
        return bundleIndex;
    }
}
