package dev.kombo.engine.event;

import dev.kombo.attribution.OfferedBundle;
import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.engine.entity.EntityUpdate;
import dev.kombo.engine.entity.EntityUpdates;
import dev.kombo.entity.BundleMember;
import dev.kombo.entity.Entity;
import dev.kombo.entity.Item;
import dev.kombo.learning.factors.PartnerTable;
import dev.kombo.math.StableHash;
import dev.kombo.profile.Behavior;
import dev.kombo.profile.EventType;
import dev.kombo.profile.Holdings;
import dev.kombo.profile.OpenOrder;
import dev.kombo.profile.RecentInteractions;
import dev.kombo.profile.ShopperEvent;
import dev.kombo.profile.ShopperState;
import dev.kombo.profile.TimedCounts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects the lines of a shopper's order and, once it is closed, reports to each item what it was bought with: once
 * per order, not per line. Two items that an offered bundle joins are reported separately, so that an offer cannot
 * raise the support of its own bundle.
 *
 * <p>Where holdings are kept, what a customer holds is one order that never closes: a product that is opened reports
 * those held, and each of them the new one, however many years lie between.
 */
public final class OrderCollector {
    private static final int MOST_PARTNERS = OpenOrder.MAX_ITEMS - 1;

    private final CatalogIndex catalog;
    private final long quietTime;
    private final long offeredWindow;
    private final boolean holdings;

    /**
     * @param quietTime time without a new line after which an order is closed, milliseconds
     * @param offeredWindow how long after its offer a bundle may have caused the purchase of its items, milliseconds
     * @param holdings whether holdings are kept
     */
    public OrderCollector(CatalogIndex catalog, long quietTime, long offeredWindow, boolean holdings) {
        this.catalog = catalog;
        this.quietTime = quietTime;
        this.offeredWindow = offeredWindow;
        this.holdings = holdings;
    }

    /**
     * Adds a purchase to its order; closes the open order where the line belongs to another.
     *
     * @param members of the bundle that was bought, by {@link #membersOf}
     */
    public void line(ShopperState shopper, ShopperEvent event, List<BundleMember> members, EntityUpdates updates) {
        Behavior behavior = shopper.behavior();
        List<String> bought = event.itemId() != null
                ? List.of(event.itemId())
                : members.stream().map(BundleMember::itemId).toList();
        if (behavior.levels().count()) {
            updates.update(
                    Entity.ALL,
                    EntityUpdate.ordered(
                            event.time(), new EntityUpdate.EntityOrder(List.of(), List.of(), true, levels(behavior))));
        }
        if (holdings) {
            open(shopper, event, bought, updates);
        } else if (behavior.levels().any()) {
            countLevels(behavior, event, bought, updates);
        }
        if (event.orderId() == null) {
            return;
        }
        OpenOrder order = behavior.order();
        if (order != null && !order.orderId().equals(event.orderId())) {
            if (behavior.overtaken(event) && event.time() < order.lastLineAt()) {
                // The order that is open now goes on.
                return;
            }
            close(shopper, updates);
            order = null;
        }
        if (order == null) {
            order = new OpenOrder(event.orderId(), event.time());
            behavior.order(order);
        }
        for (String item : bought) {
            order.add(item, event.time());
        }
    }

    /** Counts a return among all: so every instance knows whether the shop reports any. */
    public void returned(ShopperEvent event, EntityUpdates updates) {
        updates.update(
                Entity.ALL,
                EntityUpdate.ofInteraction(
                        event.time(),
                        new EntityUpdate.EntityInteraction(0, Item.UNKNOWN, null, new long[0], new float[0]),
                        null));
    }

    /** Counts a customer, once, in the levels of each item that is bought for the first time. */
    private void countLevels(Behavior behavior, ShopperEvent event, List<String> bought, EntityUpdates updates) {
        EntityUpdate.EntityOrder counted = new EntityUpdate.EntityOrder(List.of(), List.of(), true, levels(behavior));
        for (String item : bought) {
            String entity = Entity.ofItem(item);
            if (behavior.purchases().count(StableHash.of(entity)) == 0) {
                updates.update(entity, EntityUpdate.ordered(event.time(), counted));
            }
        }
    }

    /** Reports the products that a purchase opens with those that the customer holds. */
    private void open(ShopperState shopper, ShopperEvent event, List<String> items, EntityUpdates updates) {
        Holdings before = shopper.behavior().holdings();
        BundleEntry bought = event.bundleId() == null ? null : catalog.bundle(event.bundleId());
        List<String> opened = opened(event, items, before);
        if (opened.isEmpty()) {
            return;
        }
        if (before == null || !before.any()) {
            updates.update(Entity.ALL, EntityUpdate.ordered(event.time(), EntityUpdate.EntityOrder.ALONE));
        }
        OpenOrder held = held(before, event.time());
        for (int i = 0; i < opened.size(); i++) {
            open(shopper, held, opened.get(i), bought, updates);
        }
    }

    private static List<String> opened(ShopperEvent event, List<String> items, @Nullable Holdings before) {
        List<String> opened = new ArrayList<>(items);
        if (before != null) {
            opened.removeIf(item -> !before.opens(Entity.hashOfItem(item), event.time()));
        }
        return opened;
    }

    /** What a customer holds of the catalogue, without room for more than one further item. */
    private OpenOrder held(@Nullable Holdings holding, long time) {
        OpenOrder order = new OpenOrder("", time);
        for (int i = 0; holding != null && i < holding.size() && order.items().size() < MOST_PARTNERS; i++) {
            int ordinal = holding.isHeld(i) ? catalog.itemOrdinal(holding.item(i)) : CatalogIndex.UNKNOWN;
            Item item = ordinal == CatalogIndex.UNKNOWN
                    ? null
                    : catalog.itemAt(ordinal).item();
            if (item != null) {
                order.add(item.id(), time);
            }
        }
        return order;
    }

    private void open(
            ShopperState shopper, OpenOrder held, String item, @Nullable BundleEntry bought, EntityUpdates updates) {
        long time = held.lastLineAt();
        List<String> items = held.items();
        List<String> partners = List.copyOf(items.subList(0, Math.min(items.size(), MOST_PARTNERS)));
        held.add(item, time);
        List<BundleEntry> joining = joining(shopper.behavior(), held);
        if (bought != null) {
            joining.add(bought);
        }
        List<String> offered = offered(shopper, held, joining, item);
        Holdings before = shopper.behavior().holdings();
        boolean first = before == null || !before.knows(Entity.hashOfItem(item));
        long[] levels = first ? levels(shopper.behavior()) : EntityUpdate.EntityOrder.NO_LEVELS;
        updates.update(
                Entity.ofItem(item),
                EntityUpdate.ordered(time, new EntityUpdate.EntityOrder(partners, offered, false, levels)));
        List<String> joined = List.of(item);
        for (int i = 0; i < partners.size(); i++) {
            List<String> joinedByOffer = offered.contains(partners.get(i)) ? joined : List.of();
            updates.update(
                    Entity.ofItem(partners.get(i)),
                    EntityUpdate.ordered(
                            time,
                            new EntityUpdate.EntityOrder(
                                    joined, joinedByOffer, true, EntityUpdate.EntityOrder.NO_LEVELS)));
        }
    }

    private static long[] levels(Behavior behavior) {
        long[] levels = new long[behavior.levels().names().size()];
        Arrays.setAll(levels, i -> PartnerTable.partnerOf(behavior.levels().hash(i)));
        return levels;
    }

    /**
     * The members of an event's bundle, which its buyer then holds: as they were offered or bought, else those that the
     * catalogue has, without what an offer fills slots with; with what the event states to be swapped. Empty where
     * there is none or it is not known.
     */
    public List<BundleMember> membersOf(ShopperState shopper, ShopperEvent event) {
        String bundle = event.bundleId();
        OfferedBundle last = bundle == null || event.type() != EventType.PURCHASE
                ? null
                : shopper.ledger().offered(bundle, event.offerId());
        List<BundleMember> offered = last != null
                ? last.members()
                : bundle != null && event.type() == EventType.RETURN
                        ? shopper.ledger().boughtWhole(bundle, event.orderId())
                        : List.of();
        List<BundleMember> members = offered.isEmpty() ? membersOf(event) : offered;
        // A shop may state that a member was swapped for another one of the bundle.
        return event.swaps().isEmpty() ? members : BundleMember.merged(BundleMember.swapped(members, event.swaps()));
    }

    private List<BundleMember> membersOf(ShopperEvent event) {
        BundleEntry entry = event.bundleId() == null ? null : catalog.bundle(event.bundleId());
        return entry == null ? List.of() : entry.catalogued().members();
    }

    /**
     * Takes over the open order of a session whose visitor turned out to be this user. Of two different orders, the one
     * with the older last line is closed, as if the line of the other had followed it.
     *
     * @param other the session's, or null
     */
    void absorb(ShopperState shopper, @Nullable OpenOrder other, EntityUpdates updates) {
        OpenOrder own = shopper.behavior().order();
        if (own == null || other == null) {
            shopper.behavior().order(own == null ? other : own);
        } else if (own.orderId().equals(other.orderId())) {
            own.absorb(other);
        } else {
            boolean later = other.lastLineAt() > own.lastLineAt();
            shopper.behavior().order(later ? own : other);
            close(shopper, updates);
            shopper.behavior().order(later ? other : own);
        }
    }

    /** When the open order is closed if no further line arrives, or {@link Long#MAX_VALUE}. */
    public long nextDue(Behavior behavior) {
        return behavior.order() == null ? Long.MAX_VALUE : behavior.order().lastLineAt() + quietTime;
    }

    /** Closes the open order and emits its updates; none where holdings are kept, as each line has emitted its own. */
    public void close(ShopperState shopper, EntityUpdates updates) {
        OpenOrder order = shopper.behavior().order();
        shopper.behavior().order(null);
        if (holdings || order == null) {
            return;
        }
        List<String> items = order.items();
        long time = order.lastLineAt();
        List<BundleEntry> joining = joining(shopper.behavior(), order);
        for (int i = 0; i < items.size(); i++) {
            List<String> partners = new ArrayList<>(items);
            partners.remove(i);
            List<String> offered = offered(shopper, order, joining, items.get(i));
            String item = Entity.ofItem(items.get(i));
            updates.update(
                    item,
                    EntityUpdate.ordered(
                            time,
                            new EntityUpdate.EntityOrder(
                                    partners, offered, false, EntityUpdate.EntityOrder.NO_LEVELS)));
        }
        updates.update(Entity.ALL, EntityUpdate.ordered(time, EntityUpdate.EntityOrder.ALONE));
    }

    /** The other items of an order that an offered bundle joins with an item. */
    private static List<String> offered(ShopperState shopper, OpenOrder order, List<BundleEntry> joining, String item) {
        List<String> offered = new ArrayList<>(0);
        for (String other : order.items()) {
            if (!other.equals(item) && (shopper.ledger().joins(item, other) || joins(joining, item, other))) {
                offered.add(other);
            }
        }
        return offered;
    }

    /**
     * Bundles with items of the order that were offered within the window, even if their offers are closed or were
     * replaced by later ones, or that were bought whole.
     */
    private List<BundleEntry> joining(Behavior behavior, OpenOrder order) {
        long oldest = order.lastLineAt() - offeredWindow;
        List<BundleEntry> joining = new ArrayList<>();
        TimedCounts exposures = behavior.exposures();
        for (int i = 0; i < exposures.size(); i++) {
            // Offered before the order was complete: a later offer did not cause it.
            if (exposures.lastTimeAt(i) >= oldest && exposures.firstTime(exposures.hash(i)) <= order.lastLineAt()) {
                addJoining(exposures.hash(i), order, joining);
            }
        }
        RecentInteractions recent = behavior.recent();
        for (int i = 0; i < recent.size(); i++) {
            if (recent.type(i) == EventType.PURCHASE && recent.time(i) >= oldest) {
                addJoining(recent.entity(i), order, joining);
            }
        }
        return joining;
    }

    private void addJoining(long entity, OpenOrder order, List<BundleEntry> joining) {
        int ordinal = catalog.bundleOrdinal(entity);
        BundleEntry entry = ordinal == CatalogIndex.UNKNOWN ? null : catalog.bundle(ordinal);
        if (entry == null) {
            return;
        }
        int inOrder = 0;
        for (BundleMember member : entry.bundle().members()) {
            inOrder += order.items().contains(member.itemId()) ? 1 : 0;
        }
        if (inOrder > 1) {
            joining.add(entry);
        }
    }

    private static boolean joins(List<BundleEntry> bundles, String itemA, String itemB) {
        for (int b = 0; b < bundles.size(); b++) {
            if (bundles.get(b).memberOf(itemA) >= 0 && bundles.get(b).memberOf(itemB) >= 0) {
                return true;
            }
        }
        return false;
    }
}
