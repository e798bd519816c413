package dev.kombo.engine.event;

import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.engine.entity.EntityUpdate;
import dev.kombo.engine.entity.EntityUpdate.EntityPurchase;
import dev.kombo.engine.entity.EntityUpdates;
import dev.kombo.entity.BundleMember;
import dev.kombo.entity.Entity;
import dev.kombo.entity.Item;
import dev.kombo.entity.RepurchaseCounts;
import dev.kombo.learning.factors.PartnerTable;
import dev.kombo.math.StableHash;
import dev.kombo.profile.Behavior;
import dev.kombo.profile.EventRules;
import dev.kombo.profile.EventType;
import dev.kombo.profile.RecentInteractions;
import dev.kombo.profile.ShopperEvent;
import dev.kombo.settings.Millis;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Learns preferences from an event: emits one update that names the entity interacted with and the shopper's most
 * recent distinct entities before it. The update goes to the owner of the entity, which counts the pairs and moves the
 * vector.
 *
 * <p>A shopper, or an undetected robot, cannot move an entity at will: each repetition of the same interaction within a
 * day counts half of the one before. Not thread-safe, since buffers are reused: one instance per thread.
 */
public final class InteractionLearner {
    /** Least label of an event that expresses a wish. */
    private static final float WISH = 0.5f;

    /** Most recent distinct entities that an interaction is paired with: as many as a profile keeps interactions. */
    private static final int CONTEXT = 50;

    private final CatalogIndex catalog;
    private final long[] partners;
    private final float[] weights;

    /** Creates a learner that pairs an interaction with the {@value #CONTEXT} entities before it. */
    public InteractionLearner(CatalogIndex catalog) {
        this(catalog, CONTEXT);
    }

    /**
     * Creates a learner.
     *
     * @param context most recent distinct entities that an interaction is paired with, at least 0
     */
    InteractionLearner(CatalogIndex catalog, int context) {
        this.catalog = catalog;
        this.partners = new long[context];
        this.weights = new float[context];
    }

    /**
     * Emits the update of an accepted event, if it expresses a preference.
     *
     * @param members of the event's bundle; empty where there is none or it is not known
     */
    public void learn(Behavior behavior, ShopperEvent event, List<BundleMember> members, EntityUpdates updates) {
        String entity = event.entity();
        if (event.type().preference() == 0 || entity == null || !wish(event)) {
            return;
        }
        long hash = StableHash.of(entity);
        RecentInteractions recent = behavior.recent();
        float weight = event.type().preference() * damping(recent, hash, event);
        boolean purchase = event.type() == EventType.PURCHASE;
        boolean priced = purchase && event.priced();
        int count = collectPartners(recent, hash);
        updates.update(
                entity,
                EntityUpdate.ofInteraction(
                        event.time(),
                        new EntityUpdate.EntityInteraction(
                                weight,
                                priced ? event.unitPriceMinor() : Item.UNKNOWN,
                                priced ? event.currency() : null,
                                Arrays.copyOf(partners, count),
                                Arrays.copyOf(weights, count)),
                        purchase && event.itemId() != null ? purchase(behavior, hash, event) : null));
        if (purchase) {
            members.forEach(member -> buyMember(behavior, member.itemId(), event, updates));
        }
        behavior.interacted(hash, event.type(), category(event), event.time());
    }

    private static void buyMember(Behavior behavior, String itemId, ShopperEvent event, EntityUpdates updates) {
        String entity = Entity.ofItem(itemId);
        EntityPurchase purchase = purchase(behavior, StableHash.of(entity), event);
        if (purchase != null) {
            updates.update(entity, EntityUpdate.bought(event.time(), purchase));
        }
    }

    /** A purchase of an entity; null where it is not the first within a day. */
    private static @Nullable EntityPurchase purchase(Behavior behavior, long entity, ShopperEvent event) {
        long last = behavior.purchases().lastTime(entity);
        if (last == Long.MIN_VALUE) {
            return new EntityPurchase(RepurchaseCounts.FIRST);
        }
        long since = event.time() - last;
        return since < Millis.DAY ? null : new EntityPurchase(since);
    }

    /** Whether the entity was wanted: a bad rating says that it was not; every other event learned from is a wish. */
    private static boolean wish(ShopperEvent event) {
        return event.type() != EventType.RATING
                || (event.rating() - EventRules.LOWEST_RATING) / (EventRules.HIGHEST_RATING - EventRules.LOWEST_RATING)
                        >= WISH;
    }

    /** 1, halved for each interaction with the entity within a day that says as much or more. */
    private static float damping(RecentInteractions recent, long entity, ShopperEvent event) {
        float damping = 1;
        for (int i = recent.size() - 1; i >= 0; i--) {
            if (recent.entity(i) == entity
                    && Math.abs(event.time() - recent.time(i)) < Millis.DAY
                    && recent.type(i).preference() >= event.type().preference()) {
                damping /= 2;
            }
        }
        return damping;
    }

    /** Collects the most recent distinct entities of the history, without the current one. */
    private int collectPartners(RecentInteractions recent, long entity) {
        long entityKey = PartnerTable.partnerOf(entity);
        int count = 0;
        for (int i = recent.size() - 1; i >= 0 && count < partners.length; i--) {
            long partner = PartnerTable.partnerOf(recent.entity(i));
            if (partner != entityKey && !collected(partner, count)) {
                partners[count] = partner;
                weights[count++] = recent.type(i).preference();
            }
        }
        return count;
    }

    private boolean collected(long partner, int count) {
        for (int i = 0; i < count; i++) {
            if (partners[i] == partner) {
                return true;
            }
        }
        return false;
    }

    private @Nullable String category(ShopperEvent event) {
        Item item = event.itemId() == null ? null : catalog.item(event.itemId());
        return item == null ? null : item.category();
    }
}
