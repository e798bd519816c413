package dev.kombo.ranking.retrieval;

import dev.kombo.catalog.BundleMember;
import dev.kombo.catalog.FilledSlot;
import dev.kombo.catalog.FilledSlot.Alternative;
import dev.kombo.catalog.Item;
import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.catalog.index.ItemEntry;
import dev.kombo.catalog.index.SlotFill;
import dev.kombo.catalog.index.SlotMatching;
import dev.kombo.catalog.index.SlotPlan;
import dev.kombo.ranking.RankingRequest;
import dev.kombo.ranking.rules.OfferRules;
import dev.kombo.ranking.shopper.ShopperView;
import java.util.ArrayList;
import java.util.List;

/**
 * Fills the slots of bundles for one shopper: with the items of each set that suit the shopper best and that no rule forbids,
 * not two that are nearly the same where there is another. A bundle whose slots cannot be filled so keeps the most popular
 * items, and the rules decide. Not thread-safe, since what it finds is kept for one request.
 */
public final class SlotFiller {
    /** Most items that are offered instead of one that fills a slot. */
    private static final int MOST_ALTERNATIVES = 3;

    /** Most items that are priced to find them. */
    private static final int MOST_PRICED = 6;

    private final CatalogIndex index;
    private final OfferRules rules;
    private final SlotCandidates candidates;
    private RankingRequest request;
    private ShopperView view;

    /** Creates a filler over an index that another thread may keep writing. */
    @SuppressWarnings("NullAway.Init") // The request is set by begin.
    public SlotFiller(CatalogIndex index, OfferRules rules) {
        this.index = index;
        this.rules = rules;
        candidates = new SlotCandidates(index, rules);
    }

    /** Prepares for a request. */
    public void begin(RankingRequest asked, ShopperView loaded) {
        request = asked;
        view = loaded;
        candidates.begin(asked, loaded);
    }

    /**
     * The bundle as its slots are filled for the shopper; itself where it has none, where they cannot be filled so, and where it
     * would break a rule then, such as on its price.
     */
    public BundleEntry fill(BundleEntry entry) {
        SlotPlan plan = entry.fill().plan();
        if (plan == null || entry.fill().unfilled() != null) {
            return entry;
        }
        ItemEntry[][] best = new ItemEntry[plan.slots().size()][];
        for (int s = 0; s < best.length; s++) {
            best[s] = candidates.of(plan, s);
        }
        SlotFill fill = new SlotMatching(plan, best).fill();
        if (fill.unfilled() != null || fill.equals(entry.fill())) {
            return entry;
        }
        BundleEntry filled = index.filled(entry, fill);
        return rules.check(filled, request, view) == null ? filled : entry;
    }

    /**
     * The slots of a bundle with what the shopper may take instead of the last item of each: the best other ones with which the
     * bundle may be offered, at its price then.
     *
     * @param entry as it is offered
     * @param priceMinor at which it is offered: what that is above or below the bundle's own, the others are too
     */
    public List<FilledSlot> withAlternatives(BundleEntry entry, long priceMinor) {
        SlotPlan plan = entry.fill().plan();
        if (plan == null) {
            return List.of();
        }
        long above = priceMinor - entry.priceMinor();
        List<FilledSlot> slots = new ArrayList<>(entry.slots().size());
        for (int s = 0; s < entry.slots().size(); s++) {
            FilledSlot slot = entry.slots().get(s);
            slots.add(new FilledSlot(slot.name(), slot.members(), alternatives(plan, entry, s, above, slots)));
        }
        return List.copyOf(slots);
    }

    /**
     * The best other items for a slot.
     *
     * @param above what the offer costs more than the bundle, in minor units
     * @param before slots whose alternatives are listed
     */
    private List<Alternative> alternatives(
            SlotPlan plan, BundleEntry entry, int slot, long above, List<FilledSlot> before) {
        List<Alternative> found = new ArrayList<>(MOST_ALTERNATIVES);
        int priced = 0;
        for (ItemEntry entered : candidates.of(plan, slot)) {
            if (found.size() == MOST_ALTERNATIVES || priced == MOST_PRICED) {
                break;
            }
            Item item = entered.item();
            if (item == null
                    || contains(entry, entered)
                    || isListed(before, item.id())
                    || rules.wearies(entered, request.now(), view)) {
                continue;
            }
            priced++;
            BundleEntry swapped = swapped(entry, slot, item);
            boolean priceless = swapped.bundle().priceless();
            long price = priceless ? Item.UNKNOWN : swapped.priceMinor() + above;
            if (rules.check(swapped, request, view) == null && (priceless || mayCost(swapped, price))) {
                String replaces = last(entry.slots().get(slot)).itemId();
                found.add(new Alternative(item.id(), replaces, price));
            }
        }
        return found;
    }

    /** Whether a bundle may be offered at a price beside the shopper's cart. */
    private boolean mayCost(BundleEntry entry, long priceMinor) {
        return rules.inPriceBand(priceMinor)
                && priceMinor >= view.cartDiscount().lowestPrice(entry)
                && (entry.listPriceMinor() < 0 || priceMinor <= entry.listPriceMinor());
    }

    private static boolean contains(BundleEntry entry, ItemEntry item) {
        for (int m = 0; m < entry.size(); m++) {
            if (entry.member(m) == item.ordinal()) {
                return true;
            }
        }
        return false;
    }

    /** Whether it is listed for an earlier slot: attribution counts an item for one slot. */
    private static boolean isListed(List<FilledSlot> slots, String itemId) {
        for (FilledSlot slot : slots) {
            if (slot.alternative(itemId) != null) {
                return true;
            }
        }
        return false;
    }

    private static BundleMember last(FilledSlot slot) {
        return slot.members().get(slot.members().size() - 1);
    }

    private BundleEntry swapped(BundleEntry entry, int slot, Item item) {
        List<FilledSlot> slots = new ArrayList<>(entry.slots());
        FilledSlot filled = slots.get(slot);
        List<BundleMember> members = new ArrayList<>(filled.members());
        members.set(members.size() - 1, new BundleMember(item.id(), last(filled).quantity()));
        slots.set(slot, new FilledSlot(filled.name(), members, List.of()));
        return index.filled(entry, new SlotFill(entry.fill().plan(), slots, null));
    }
}
