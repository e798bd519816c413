package dev.kombo.engine.item;

import dev.kombo.codec.Fields;
import dev.kombo.engine.entity.EntityUpdate;

/**
 * What the item task reads: an update of one item or bundle.
 *
 * @param entity {@link dev.kombo.entity.Entity}
 * @param time of the shopper's event that the update was sent with, epoch milliseconds; the update's own may be earlier
 */
public record ItemInput(String entity, EntityUpdate update, long time) {
    /** Version of the layout. */
    private static final int LAYOUT = 1;

    /** An input without an entity, to be passed where one is read. */
    public static final ItemInput BLANK = new ItemInput("", EntityUpdate.BLANK, 0);

    /** The fields, as sent to the item task and stored by it. */
    public ItemInput fields(Fields f) {
        f.version("an update of an item", LAYOUT, LAYOUT, LAYOUT);
        String updated = f.text(entity);
        EntityUpdate change = update.fields(f);
        return new ItemInput(updated, change, f.after(time, change.time()));
    }
}
