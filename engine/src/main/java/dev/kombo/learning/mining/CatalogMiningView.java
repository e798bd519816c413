package dev.kombo.learning.mining;

import dev.kombo.catalog.Bundle;
import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.entity.Entity;
import dev.kombo.entity.EntityModel;
import dev.kombo.entity.Item;
import dev.kombo.entity.Neighbor;
import dev.kombo.learning.mining.BundleMiner.MiningView;
import dev.kombo.price.PriceHistories.Price;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The miner's view of orders and prices, answered by the index. A price comes from the catalogue or, where it has none,
 * from the last purchase.
 */
public final class CatalogMiningView implements MiningView {
    private final CatalogIndex catalog;
    private final boolean priceless;

    /**
     * @param priceless whether items without a price may be offered without one
     */
    public CatalogMiningView(CatalogIndex catalog, boolean priceless) {
        this.catalog = catalog;
        this.priceless = priceless;
    }

    @Override
    public long orders() {
        return catalog.orders();
    }

    @Override
    public long purchases(String itemId) {
        EntityModel model = catalog.model(Entity.ofItem(itemId));
        return model == null ? 0 : model.purchases();
    }

    @Override
    public long orders(String itemId, String otherId) {
        for (Neighbor neighbor : neighbors(itemId)) {
            if (neighbor.itemId().equals(otherId)) {
                return neighbor.orders();
            }
        }
        return 0;
    }

    private List<Neighbor> neighbors(String itemId) {
        EntityModel model = catalog.model(Entity.ofItem(itemId));
        return model == null ? List.of() : model.neighbors();
    }

    @Override
    public @Nullable String category(String itemId) {
        Item item = catalog.item(itemId);
        return item == null ? null : item.category();
    }

    @Override
    public List<String> partners(String itemId) {
        return neighbors(itemId).stream().map(Neighbor::itemId).toList();
    }

    @Override
    public long priceMinor(String itemId) {
        return price(itemId).minor();
    }

    @Override
    public @Nullable String currency(String itemId) {
        return price(itemId).currency();
    }

    private Price price(String itemId) {
        Item item = catalog.item(itemId);
        if (item != null && item.priced()) {
            return new Price(item.currency(), item.priceMinor());
        }
        if (priceless) {
            return new Price(Bundle.NO_CURRENCY, 0);
        }
        EntityModel model = catalog.model(Entity.ofItem(itemId));
        return model == null ? Price.NONE : new Price(model.currency(), model.lastPriceMinor());
    }
}
