package dev.kombo.query;

import dev.kombo.catalog.CatalogIndex;
import dev.kombo.query.http.Described;

/** A member of a bundle as JSON. */
record MemberView(
        String itemId,
        @Described(value = "as the catalogue has it now", nullable = true) String title,
        @Described("units in one bundle") int quantity) {
    static MemberView of(CatalogIndex catalog, String itemId, int quantity) {
        return new MemberView(itemId, Common.itemTitle(catalog, itemId), quantity);
    }
}
