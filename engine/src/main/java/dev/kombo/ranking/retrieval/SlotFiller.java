package dev.kombo.ranking.retrieval;

import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.catalog.index.ItemEntry;
import dev.kombo.catalog.index.SlotFill;
import dev.kombo.catalog.index.SlotMatching;
import dev.kombo.catalog.index.SlotPlan;
import dev.kombo.entity.BundleMember;
import dev.kombo.entity.Item;
import dev.kombo.ranking.RankingRequest;
import dev.kombo.ranking.rules.OfferRules;
import dev.kombo.ranking.shopper.ShopperView;
import dev.kombo.slot.FilledSlot;
import dev.kombo.slot.FilledSlot.Alternative;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Fills the slots of bundles for one shopper: with the items of each set that suit the shopper best and that no rule
 * forbids, not two that are nearly the same where there is another. A bundle whose slots cannot be filled so keeps the
 * most popular items, and the rules decide. Not thread-safe, since what it finds is kept for one request.
 */
public final class SlotFiller {
    /** Most items that are offered instead of those that fill a slot. */
    private static final int MOST_ALTERNATIVES = 3;

    /** Most swaps of a slot, each of one member for one item: fewer items where it has many members. */
    private static final int MOST_SWAPS = 12;

    /** Most swaps that are priced to find them. */
    private static final int MOST_PRICED = 18;

    private final CatalogIndex index;
    private final OfferRules rules;
    private final SlotCandidates candidates;
    /** Ordinals of the bundles that were filled for the shopper. */
    private final Set<Integer> filled = new HashSet<>();

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
        if (!filled.isEmpty()) {
            filled.clear();
        }
    }

    /**
     * The bundle as its slots are filled for the shopper; itself where it has none, where they cannot be filled so, and
     * where it would break a rule then, such as on its price.
     */
    public BundleEntry fill(BundleEntry entry) {
        SlotPlan plan = entry.fill().plan();
        if (plan == null || entry.fill().unfilled() != null) {
            return entry;
        }
        filled.add(entry.ordinal());
        return Objects.requireNonNullElse(fill(entry, plan), entry);
    }

    /**
     * A bundle as it is filled for the shopper with more units: as many as the last tier of its price asks for; null
     * where it was not filled for the shopper, has not one slot with a range of units, or cannot be offered so.
     */
    public @Nullable BundleEntry larger(BundleEntry entry) {
        SlotPlan plan = entry.fill().plan();
        SlotPlan larger = plan == null || !filled.contains(entry.ordinal()) ? null : plan.larger(entry);
        return larger == null ? null : fill(entry, larger);
    }

    /**
     * The bundle as a plan fills it for the shopper; null where that is what fills it, is not possible, or breaks a
     * rule.
     */
    private @Nullable BundleEntry fill(BundleEntry entry, SlotPlan plan) {
        ItemEntry[][] best = new ItemEntry[plan.slots().size()][];
        for (int s = 0; s < best.length; s++) {
            best[s] = candidates.of(entry, plan, s);
        }
        SlotFill fill = new SlotMatching(plan, best).fill();
        if (fill.unfilled() != null || fill.equals(entry.fill())) {
            return null;
        }
        BundleEntry version = index.filled(entry, fill);
        return rules.check(version, request, view) == null ? version : null;
    }

    /**
     * The slots of a bundle with what the shopper may take instead of each item: the best other ones with which the
     * bundle may be offered, at its price then, which may depend on the item that is replaced.
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
     * The best other items for a slot, each instead of its last member first.
     *
     * @param above what the offer costs more than the bundle, in minor units
     * @param before slots whose alternatives are listed
     */
    private List<Alternative> alternatives(
            SlotPlan plan, BundleEntry entry, int slot, long above, List<FilledSlot> before) {
        List<Alternative> found = new ArrayList<>(MOST_SWAPS);
        int members = Math.min(MOST_SWAPS, entry.slots().get(slot).members().size());
        int wanted = Math.min(MOST_ALTERNATIVES, MOST_SWAPS / members);
        int priced = 0;
        for (ItemEntry entered : candidates.of(entry, plan, slot)) {
            if (wanted == 0 || priced + members > MOST_PRICED) {
                break;
            }
            Item item = entered.item();
            if (item == null
                    || entry.has(entered.ordinal())
                    || isListed(before, item.id())
                    || rules.wearies(entered, request.now(), view)) {
                continue;
            }
            priced += members;
            wanted -= addSwaps(found, entry, slot, item, members, above) ? 1 : 0;
        }
        return found;
    }

    /** Adds an item instead of each of the last members of a slot; false if it may replace none of them. */
    private boolean addSwaps(List<Alternative> found, BundleEntry entry, int slot, Item item, int members, long above) {
        int before = found.size();
        List<BundleMember> filled = entry.slots().get(slot).members();
        for (int m = filled.size() - 1; m >= filled.size() - members; m--) {
            BundleEntry swapped = swapped(entry, slot, m, item);
            boolean priceless = swapped.bundle().priceless();
            long price = priceless ? Item.UNKNOWN : swapped.priceMinor() + above;
            if (rules.check(swapped, request, view) == null && (priceless || mayCost(swapped, price))) {
                found.add(new Alternative(item.id(), filled.get(m).itemId(), price));
            }
        }
        return found.size() > before;
    }

    /** Whether a bundle may be offered at a price beside the shopper's cart. */
    private boolean mayCost(BundleEntry entry, long priceMinor) {
        return rules.inPriceBand(priceMinor)
                && priceMinor >= view.cartDiscount().lowestPrice(entry)
                && (entry.listPriceMinor() < 0 || priceMinor <= entry.listPriceMinor());
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

    private BundleEntry swapped(BundleEntry entry, int slot, int member, Item item) {
        List<FilledSlot> slots = new ArrayList<>(entry.slots());
        FilledSlot filled = slots.get(slot);
        List<BundleMember> members = new ArrayList<>(filled.members());
        members.set(member, new BundleMember(item.id(), members.get(member).quantity()));
        slots.set(slot, new FilledSlot(filled.name(), members, List.of()));
        return index.filled(entry, new SlotFill(entry.fill().plan(), slots, null));
    }
}
