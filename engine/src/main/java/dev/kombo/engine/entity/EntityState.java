package dev.kombo.engine.entity;

import dev.kombo.codec.Fields;
import dev.kombo.entity.EngagementCounts;
import dev.kombo.entity.Item;
import dev.kombo.entity.PopularitySettings;
import dev.kombo.entity.RepurchaseCounts;
import dev.kombo.learning.Popularity;
import dev.kombo.learning.factors.PartnerTable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the item task stores of one item or bundle: its partners (what its shoppers had interacted with before),
 * popularity, engagement with its offers, counts of interactions and purchases, and last price, but not its co-purchase
 * neighbours. Not thread-safe: only the thread of the entity's task uses it.
 */
public final class EntityState {
    /** Version of the layout. */
    private static final int LAYOUT = 1;

    private final PartnerTable partners;
    private final PartnerTable levels;
    private final Popularity popularity;
    private EngagementCounts engagement = EngagementCounts.NONE;
    private RepurchaseCounts repurchases = RepurchaseCounts.NONE;
    private long interactions;
    private long purchases;
    private long lastPriceMinor = Item.UNKNOWN;
    private @Nullable String currency;
    private long counted;

    /** Creates a row from its parts, without engagement, interactions, orders or a price. */
    public EntityState(PartnerTable partners, PartnerTable levels, Popularity popularity) {
        this.partners = partners;
        this.levels = levels;
        this.popularity = popularity;
    }

    /** Creates the row of a new entity. */
    public static EntityState unknown(PopularitySettings settings) {
        return new EntityState(
                new PartnerTable(PartnerTable.Limits.INTERACTIONS),
                new PartnerTable(PartnerTable.Limits.LEVELS),
                new Popularity(settings, 0, 0, 0));
    }

    /** The fields; those that are read replace its own. */
    public EntityState fields(Fields f) {
        f.version("a row of an item or bundle", LAYOUT, LAYOUT, LAYOUT);
        popularity.fields(f);
        partners.fields(f);
        if (f.flag(levels.size() > 0)) {
            levels.fields(f);
        }
        engagement = f.usually(EngagementCounts.NONE, engagement, EngagementCounts::fields);
        repurchases = f.usually(RepurchaseCounts.NONE, repurchases, RepurchaseCounts::fields);
        interactions = f.number(interactions);
        purchases = f.number(purchases);
        currency = f.textOrNull(currency);
        lastPriceMinor = currency == null ? Item.UNKNOWN : f.number(lastPriceMinor);
        counted = f.number(counted);
        return this;
    }

    /** Number of the latest updates that the stored row has counted; 0: it has counted those of no number. */
    public long counted() {
        return counted;
    }

    /** Sets the number of the latest updates that the row has counted when it is stored. */
    public void counted(long number) {
        counted = number;
    }

    /** Restores the stored counts. */
    public void restore(long interacted, long ordered, EngagementCounts engaged, RepurchaseCounts repurchased) {
        interactions = interacted;
        purchases = ordered;
        engagement = engaged;
        repurchases = repurchased;
    }

    /**
     * Sets the unit price last paid.
     *
     * @param code ISO 4217, or null where no price is known
     */
    public void priced(long unitPriceMinor, @Nullable String code) {
        lastPriceMinor = code == null ? Item.UNKNOWN : unitPriceMinor;
        currency = code;
    }

    /** Applies an update. */
    public void count(EntityUpdate update) {
        EntityUpdate.EntityInteraction interaction = update.interaction();
        if (interaction != null) {
            interactions++;
            popularity.add(interaction.weight(), update.time());
            partners.add(interaction.weight(), interaction.partners(), interaction.partnerWeights(), update.time());
            if (interaction.currency() != null) {
                priced(interaction.unitPriceMinor(), interaction.currency());
            }
        }
        if (update.order() != null) {
            purchases += update.order().extended() ? 0 : 1;
            count(update.order().levels(), update.time());
        }
        if (update.purchase() != null) {
            repurchases = repurchases.bought(update.purchase().sinceMillis(), update.time());
        }
        EntityUpdate.EntityEngagement change = update.engagement();
        if (change != null) {
            engagement = engagement.plus(
                    change.impressions(),
                    change.clicks(),
                    change.conversions(),
                    change.expectedClicks(),
                    update.time(),
                    EngagementCounts.HALF_LIFE_MILLIS);
        }
    }

    private void count(long[] known, long time) {
        if (known.length > 0) {
            float[] ones = new float[known.length];
            Arrays.fill(ones, 1f);
            levels.add(1f, known, ones, time);
        }
    }

    /** What shoppers had interacted with before they interacted with it. */
    public PartnerTable partners() {
        return partners;
    }

    /** Customers who took it, by the levels of their attributes; the mass is their number. */
    public PartnerTable levels() {
        return levels;
    }

    public Popularity popularity() {
        return popularity;
    }

    /** Engagement with offers of it. */
    public EngagementCounts engagement() {
        return engagement;
    }

    /** How often its buyers buy it again. */
    public RepurchaseCounts repurchases() {
        return repurchases;
    }

    /** Number of interactions. */
    public long interactions() {
        return interactions;
    }

    /** Closed orders that held it. */
    public long purchases() {
        return purchases;
    }

    /** Time of the latest interaction with it or of feedback on an offer of it, epoch milliseconds; 0 before any. */
    public long latest() {
        return Math.max(popularity.time(), engagement.time());
    }

    /** Unit price last paid in minor units, or {@link Item#UNKNOWN}. */
    public long lastPriceMinor() {
        return lastPriceMinor;
    }

    /** ISO 4217 code of that price, or null. */
    public @Nullable String currency() {
        return currency;
    }
}
