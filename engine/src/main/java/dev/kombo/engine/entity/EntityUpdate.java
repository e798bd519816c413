package dev.kombo.engine.entity;

import dev.kombo.codec.Fields;
import dev.kombo.entity.Item;
import dev.kombo.learning.mining.NeighborCounts;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A change of what is learned of one item or bundle (an entity), derived from an event or a closed order and sent to
 * the task that owns the entity. At least one part is set, except in an update that only counts an order in the total.
 *
 * @param time epoch milliseconds of the event
 * @param interaction an interaction with the entity, or null
 * @param order a closed order that held the entity, or null
 * @param engagement engagement with an offer of the entity, or null
 * @param purchase a purchase of the entity, or null
 */
public record EntityUpdate(
        long time,
        @Nullable EntityInteraction interaction,
        @Nullable EntityOrder order,
        @Nullable EntityEngagement engagement,
        @Nullable EntityPurchase purchase) {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** An update without parts, to be passed where one is read. */
    public static final EntityUpdate BLANK = new EntityUpdate(0, null, null, null, null);

    /** The fields, as sent to the item task and stored by it. Weights of partners are rounded to 1/250. */
    public EntityUpdate fields(Fields f) {
        return new EntityUpdate(
                f.number(time),
                f.optional(interaction, EntityInteraction.BLANK, EntityInteraction::fields),
                f.optional(order, EntityOrder.ALONE, EntityOrder::fields),
                f.optional(engagement, EntityEngagement.BLANK, EntityEngagement::fields),
                f.optional(purchase, EntityPurchase.BLANK, EntityPurchase::fields));
    }

    /**
     * An interaction with the entity.
     *
     * @param weight its weight, in [0, 1]
     * @param unitPriceMinor price paid for one unit in minor units, or {@link Item#UNKNOWN}
     * @param currency ISO 4217 code of the price, or null
     * @param partners the shopper's earlier entities, each once: {@link
     *     dev.kombo.learning.factors.PartnerTable#partnerOf}
     * @param partnerWeights weights of those interactions
     */
    public record EntityInteraction(
            float weight, long unitPriceMinor, @Nullable String currency, long[] partners, float[] partnerWeights) {
        private static final EntityInteraction BLANK =
                new EntityInteraction(0, Item.UNKNOWN, null, new long[0], new float[0]);

        private EntityInteraction fields(Fields f) {
            float strength = f.real(weight);
            String paidIn = f.textOrNull(currency);
            long paid = paidIn == null ? Item.UNKNOWN : f.number(unitPriceMinor);
            ByteBuffer packed = f.block(f.reading() ? NOTHING : PackedEntities.pack(partners, partnerWeights));
            return f.reading()
                    ? new EntityInteraction(
                            strength, paid, paidIn, PackedEntities.entities(packed), PackedEntities.weights(packed))
                    : this;
        }
    }

    /**
     * A closed order with the entity.
     *
     * @param partners ids of its other items
     * @param offeredPartners those of them that an offered bundle joins with this item
     * @param extended whether the order was counted before, and the partners joined it since
     * @param levels levels of the customer's attributes, see {@link dev.kombo.learning.factors.PartnerTable#partnerOf};
     *     none where the customer was counted before
     */
    public record EntityOrder(List<String> partners, List<String> offeredPartners, boolean extended, long[] levels) {
        /** No levels. */
        public static final long[] NO_LEVELS = {};

        /** An order that only counts in the total. */
        public static final EntityOrder ALONE = new EntityOrder(List.of(), List.of(), false, NO_LEVELS);

        private EntityOrder fields(Fields f) {
            List<String> others = f.texts(partners);
            List<String> offered = f.texts(offeredPartners);
            boolean again = f.flag(extended);
            ByteBuffer packed = f.block(f.reading() ? NOTHING : PackedEntities.pack(levels));
            return f.reading() ? new EntityOrder(others, offered, again, PackedEntities.entities(packed)) : this;
        }
    }

    /**
     * A change of the engagement counts of the entity.
     *
     * @param impressions 1 where it was seen
     * @param clicks 1 where it was clicked, -1 where what followed was taken back
     * @param conversions 1 where it was bought, -1 where that was taken back
     * @param expectedClicks probability of a click where it was seen, as the conversion model expected it
     */
    public record EntityEngagement(int impressions, int clicks, int conversions, float expectedClicks) {
        private static final EntityEngagement BLANK = new EntityEngagement(0, 0, 0, 0);

        private EntityEngagement fields(Fields f) {
            return new EntityEngagement(
                    f.number(impressions), f.number(clicks), f.number(conversions), f.real(expectedClicks));
        }
    }

    /**
     * A purchase of the entity, whatever order it belongs to.
     *
     * @param sinceMillis since the shopper's last purchase of it, or {@link
     *     dev.kombo.entity.RepurchaseCounts#FIRST}
     */
    public record EntityPurchase(long sinceMillis) {
        private static final EntityPurchase BLANK = new EntityPurchase(0);

        private EntityPurchase fields(Fields f) {
            return new EntityPurchase(f.number(sinceMillis));
        }
    }

    /** Whether it is an order with co-purchases to count. */
    public boolean hasPartners() {
        return order != null && !order.partners().isEmpty();
    }

    /**
     * Counts the co-purchases.
     *
     * @param itemId the item that was updated
     */
    public void countPartners(String itemId, NeighborCounts counts) {
        EntityOrder closed = Objects.requireNonNull(order);
        counts.addOrder(
                itemId,
                closed.partners(),
                closed.offeredPartners(),
                closed.partners().size() + 1,
                time);
    }

    /**
     * An update of an interaction.
     *
     * @param purchase what it bought, or null
     */
    public static EntityUpdate ofInteraction(
            long time, EntityInteraction interaction, @Nullable EntityPurchase purchase) {
        return new EntityUpdate(time, interaction, null, null, purchase);
    }

    /** An update of a purchase of which nothing else is learned: that of a member of a bundle. */
    public static EntityUpdate bought(long time, EntityPurchase purchase) {
        return new EntityUpdate(time, null, null, null, purchase);
    }

    /** An update of a closed order. */
    public static EntityUpdate ordered(long time, EntityOrder order) {
        return new EntityUpdate(time, null, order, null, null);
    }

    /** An update of offer engagement. */
    public static EntityUpdate engaged(long time, EntityEngagement engagement) {
        return new EntityUpdate(time, null, null, engagement, null);
    }
}
