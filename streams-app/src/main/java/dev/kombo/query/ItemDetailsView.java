package dev.kombo.query;

import dev.kombo.catalog.Item;
import dev.kombo.catalog.EntityModel;
import dev.kombo.query.http.Described;
import java.util.Map;

/** An item as JSON. */
record ItemDetailsView(
        String id,
        @Described("whether it is in the catalogue; models exist for other items too") boolean catalogued,
        @Described(nullable = true) String title,
        @Described(nullable = true) String category,
        @Described(nullable = true) Money price,
        @Described(nullable = true) Money cost,
        @Described("units in stock; null: unlimited or unknown") Long stock,
        @Described(value = "URL of its image", nullable = true) String image,
        @Described(value = "URL of its page", nullable = true) String link,
        @Described("additional attributes set by the shop") Map<String, String> attributes,
        @Described(value = "what was learned about it", nullable = true) ModelView model) {
    static ItemDetailsView of(String id, Item item, EntityModel model) {
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
