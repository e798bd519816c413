package dev.kombo.engine.event;

import dev.kombo.attribution.OfferedBundle;
import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.catalog.index.SlotItems;
import dev.kombo.catalog.index.SlotPlan;
import dev.kombo.engine.event.EventOutputs.UnmatchedSwap;
import dev.kombo.engine.event.EventOutputs.UnmatchedSwap.SwapCause;
import dev.kombo.entity.BundleMember;
import dev.kombo.profile.ShopperEvent;
import dev.kombo.profile.ShopperState;
import dev.kombo.slot.FilledSlot;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds item swaps in a purchase that the purchased bundle does not allow, so that a shop whose cart states swaps
 * wrongly learns of it. The purchase counts all the same. A fixed member may have been swapped for anything: a shop
 * does so where one is out of stock.
 */
public final class SwapCheck {
    private final CatalogIndex catalog;

    public SwapCheck(CatalogIndex catalog) {
        this.catalog = catalog;
    }

    /** Reports what is wrong with the swaps of an event; the shopper's offers are as before it. */
    void check(ShopperState shopper, ShopperEvent event, EventOutputs outputs) {
        Map<String, String> swaps = event.swaps();
        String bundleId = event.bundleId();
        if (swaps.isEmpty() || bundleId == null) {
            return;
        }
        OfferedBundle offered = shopper.ledger().offered(bundleId, event.offerId());
        BundleEntry entry = catalog.bundle(bundleId);
        List<BundleMember> members = offered != null
                ? offered.members()
                : entry != null ? entry.bundle().members() : List.of();
        if (members.isEmpty()) {
            return;
        }
        swaps.forEach((member, item) -> {
            boolean isMember = members.stream().anyMatch(each -> each.itemId().equals(member))
                    || (offered == null && mayFill(entry, member));
            SwapCause cause = !isMember
                    ? SwapCause.NO_MEMBER
                    : offers(offered, member, item) || allows(entry, member, item) ? null : SwapCause.NO_ALTERNATIVE;
            if (cause != null) {
                outputs.emit(event.partitionId(), new UnmatchedSwap(event, member, item, cause));
            }
        });
    }

    /** Whether an item may be a member: without an offer, what fills a slot may have changed since it was shown. */
    private boolean mayFill(@Nullable BundleEntry entry, String member) {
        SlotPlan plan = entry == null ? null : entry.fill().plan();
        int item = catalog.itemOrdinal(member);
        return plan != null
                && item != CatalogIndex.UNKNOWN
                && plan.sets().stream().anyMatch(set -> set.includes(catalog.itemAt(item)));
    }

    private static boolean offers(@Nullable OfferedBundle offered, String member, String item) {
        for (FilledSlot slot : offered == null ? List.<FilledSlot>of() : offered.slots()) {
            if (slot.isFilledBy(member)) {
                return slot.alternative(item) != null || slot.isFilledBy(item);
            }
        }
        return false;
    }

    /**
     * Whether the catalogue lets an item take the place of a member: an offer lists only the best. The purchase may
     * have sold the last of either, so their stock does not count.
     */
    private boolean allows(@Nullable BundleEntry entry, String member, String item) {
        SlotPlan plan = entry == null ? null : entry.fill().plan();
        int from = catalog.itemOrdinal(member);
        int to = catalog.itemOrdinal(item);
        if (plan == null || from == CatalogIndex.UNKNOWN || plan.isFixed(catalog.itemAt(from))) {
            return true;
        }
        for (SlotItems set : plan.sets()) {
            if (to != CatalogIndex.UNKNOWN && set.includes(catalog.itemAt(from)) && set.includes(catalog.itemAt(to))) {
                return true;
            }
        }
        return false;
    }
}
