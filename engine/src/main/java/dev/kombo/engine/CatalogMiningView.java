package dev.kombo.engine;

import dev.kombo.catalog.CatalogIndex;
import dev.kombo.catalog.Item;
import dev.kombo.catalog.Target;
import dev.kombo.catalog.TargetModel;
import dev.kombo.learning.MiningView;

/**
 * What the miner asks, answered by the index. Prices come from the catalogue; of an item that has none there, from the
 * last purchase.
 */
public record CatalogMiningView(CatalogIndex catalog) implements MiningView {
    @Override
    public long orders() {
        return catalog.orders();
    }

    @Override
    public long purchases(String itemId) {
        TargetModel model = catalog.model(Target.ofItem(itemId));
        return model == null ? 0 : model.purchases();
    }

    @Override
    public long priceMinor(String itemId) {
        Item item = catalog.item(itemId);
        if (item != null && item.priced()) {
            return item.priceMinor();
        }
        TargetModel model = catalog.model(Target.ofItem(itemId));
        return model == null ? Item.UNKNOWN : model.lastPriceMinor();
    }

    @Override
    public String currency(String itemId) {
        Item item = catalog.item(itemId);
        if (item != null && item.priced()) {
            return item.currency();
        }
        TargetModel model = catalog.model(Target.ofItem(itemId));
        return model == null ? null : model.currency();
    }
}
