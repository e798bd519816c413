package dev.kombo.query;

import dev.kombo.catalog.Item;
import dev.kombo.catalog.TargetModel;

/**
 * An item as JSON.
 *
 * @param catalogued whether it is in the catalogue; one that is not may have been learned of all the same
 * @param stock units on hand; null: unlimited or not known
 * @param model what was learned of it, or null
 */
record ItemView(
        String id,
        boolean catalogued,
        String title,
        String category,
        Money price,
        Money cost,
        Long stock,
        ModelView model) {
    static ItemView of(String id, Item item, TargetModel model) {
        ModelView learned = ModelView.orNull(model);
        if (item == null) {
            return new ItemView(id, false, null, null, null, null, null, learned);
        }
        return new ItemView(
                id,
                true,
                item.title(),
                item.category(),
                Money.orNull(item.priceMinor(), item.currency()),
                Money.orNull(item.costMinor(), item.currency()),
                item.stock() == Item.UNLIMITED ? null : item.stock(),
                learned);
    }
}
