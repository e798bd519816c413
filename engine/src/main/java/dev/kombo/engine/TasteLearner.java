package dev.kombo.engine;

import dev.kombo.catalog.Item;
import dev.kombo.catalog.StableHash;
import dev.kombo.catalog.Target;
import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.learning.factors.PartnerTable;
import dev.kombo.profile.Behavior;
import dev.kombo.profile.EventType;
import dev.kombo.profile.RecentInteractions;
import dev.kombo.profile.ShopperEvent;
import dev.kombo.settings.Millis;
import java.util.Arrays;

/**
 * What an event teaches about taste: the target touched, and the latest different targets that the shopper had touched
 * before. It travels as one update to the owner of the target, which counts the pairs and moves the vector.
 *
 * <p>A shopper, or a robot that is not taken for one, cannot move a target at will: what is touched in the same way
 * again within a day counts half of the touch before. One instance a thread, its buffers reused.
 */
public final class TasteLearner {
    /** Least label of a wish. */
    private static final float WISH = 0.5f;

    private final CatalogIndex catalog;
    private final long[] partners;
    private final float[] weights;

    /**
     * A learner.
     *
     * @param context latest different targets that a touched one is counted together with, at least 0
     */
    public TasteLearner(CatalogIndex catalog, int context) {
        this.catalog = catalog;
        this.partners = new long[context];
        this.weights = new float[context];
    }

    /** Learns from an accepted event, where it says something about taste. */
    public void learn(Behavior behavior, ShopperEvent event, TargetUpdates updates) {
        String target = target(event);
        if (event.type().preference() == 0 || target == null || !wish(event)) {
            return;
        }
        long hash = StableHash.of(target);
        RecentInteractions recent = behavior.recent();
        float weight = event.type().preference() * damping(recent, hash, event);
        boolean priced = event.type() == EventType.PURCHASE && event.priced();
        int count = collectPartners(recent, hash);
        updates.update(
                target,
                TargetUpdate.touched(
                        event.time(),
                        new TargetUpdate.Touch(
                                weight,
                                priced ? event.unitPriceMinor() : Item.UNKNOWN,
                                priced ? event.currency() : null,
                                Arrays.copyOf(partners, count),
                                Arrays.copyOf(weights, count))));
        behavior.interacted(hash, event.type(), category(event), event.time());
    }

    /** Whether the target was wanted: a bad rating says that it was not, anything else that is learned from is a wish. */
    private static boolean wish(ShopperEvent event) {
        return event.type() != EventType.RATING || (event.rating() - 1) / 4 >= WISH;
    }

    /** 1, halved for each touch of the target within a day that says as much or more. */
    private static float damping(RecentInteractions recent, long target, ShopperEvent event) {
        float damping = 1;
        for (int i = recent.size() - 1; i >= 0; i--) {
            if (recent.target(i) == target
                    && Math.abs(event.time() - recent.time(i)) < Millis.DAY
                    && recent.type(i).preference() >= event.type().preference()) {
                damping /= 2;
            }
        }
        return damping;
    }

    /** The latest different targets of the history, the touched one left out. */
    private int collectPartners(RecentInteractions recent, long target) {
        long touched = PartnerTable.partnerOf(target);
        int count = 0;
        for (int i = recent.size() - 1; i >= 0 && count < partners.length; i--) {
            long partner = PartnerTable.partnerOf(recent.target(i));
            if (partner != touched && !collected(partner, count)) {
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

    private static String target(ShopperEvent event) {
        if (event.itemId() != null) {
            return Target.ofItem(event.itemId());
        }
        return event.bundleId() == null ? null : Target.ofBundle(event.bundleId());
    }

    private String category(ShopperEvent event) {
        Item item = event.itemId() == null ? null : catalog.item(event.itemId());
        return item == null ? null : item.category();
    }
}
