package dev.kombo.query;

import dev.kombo.catalog.Item;
import dev.kombo.catalog.TargetModel;
import dev.kombo.query.http.Described;
import java.util.Map;

/** An item as JSON. */
record ItemDetailsView(
        String id,
        @Described("whether it is in the catalogue; one that is not may have been learned of all the same")
                boolean catalogued,
        @Described(nullable = true) String title,
        @Described(nullable = true) String category,
        @Described(nullable = true) Money price,
        @Described(nullable = true) Money cost,
        @Described("units on hand; null: unlimited or not known") Long stock,
        @Described(value = "address of its picture", nullable = true) String image,
        @Described(value = "address of its page", nullable = true) String link,
        @Described("the shop's own additions") Map<String, String> attributes,
        @Described(value = "what was learned of it", nullable = true) ModelView model) {
    static ItemDetailsView of(String id, Item item, TargetModel model) {
        ModelView learned = ModelView.orNull(model);
        if (item == null) {
            return new ItemDetailsView(id, false, null, null, null, null, null, null, null, Map.of(), learned);
        }
        return new ItemDetailsView(
                id,
                true,
                item.title(),
                item.category(),
                Money.orNull(item.priceMinor(), item.currency()),
                Money.orNull(item.costMinor(), item.currency()),
                item.stock() == Item.UNLIMITED ? null : item.stock(),
                item.image(),
                item.link(),
                item.attributes(),
                learned);
    }
}
