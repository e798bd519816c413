package dev.kombo.query.source;

import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.entity.Item;
import dev.kombo.query.http.Described;

/** A member of a bundle as JSON. */
public record MemberView(
        String itemId,

        @Described(value = "current title in the catalogue", nullable = true)
        String title,

        @Described(value = "URL of its image", nullable = true)
        String image,

        @Described(value = "URL of its page in the shop", nullable = true)
        String link,

        @Described("units in one bundle") int quantity) {
    public static MemberView of(CatalogIndex catalog, String itemId, int quantity) {
        Item item = catalog.item(itemId);
        return item == null
                ? new MemberView(itemId, null, null, null, quantity)
                : new MemberView(itemId, item.title(), item.image(), item.link(), quantity);
    }
}
