package dev.kombo.query;

import dev.kombo.catalog.CatalogIndex;
import dev.kombo.catalog.Item;

/**
 * A member of a bundle as JSON.
 *
 * @param title as the catalogue has it now, or null
 * @param quantity units in one bundle
 */
record MemberView(String itemId, String title, int quantity) {
    static MemberView of(CatalogIndex catalog, String itemId, int quantity) {
        Item item = catalog.item(itemId);
        return new MemberView(itemId, item == null ? null : item.title(), quantity);
    }
}
