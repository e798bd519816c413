package dev.kombo.engine.item;

import dev.kombo.engine.entity.EntityUpdate;

/**
 * What the item task reads: an update of one item or bundle.
 *
 * @param entity {@link dev.kombo.entity.Entity}
 * @param time of the shopper's event that the update was sent with, epoch milliseconds; the update's own may be earlier
 */
public record ItemInput(String entity, EntityUpdate update, long time) {}
