package dev.kombo.catalog.index;

import dev.kombo.entity.BundleMember;
import dev.kombo.entity.Item;
import dev.kombo.slot.BundleSlot;
import dev.kombo.slot.FilledSlot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fills the slots of a bundle from their candidates, best first, no item in two of them. The slot with the fewest
 * candidates takes its best first. One that then lacks an item gets it from another that can take a further one
 * instead, over as many slots as needed: an augmenting path of a bipartite matching (Kuhn, The Hungarian Method for the
 * Assignment Problem, 1955), so that a filling is found where there is one.
 */
public final class SlotMatching {
    private final SlotPlan plan;
    private final ItemEntry[][] candidates;
    private final List<List<ItemEntry>> taken = new ArrayList<>();
    /** Slots that the current path has been to, a bit each. */
    private long visited;

    /** @param candidates of each slot, best first; none is a fixed member of the bundle */
    public SlotMatching(SlotPlan plan, ItemEntry[][] candidates) {
        this.plan = plan;
        this.candidates = candidates;
        for (int s = 0; s < candidates.length; s++) {
            taken.add(new ArrayList<>());
        }
    }

    /** The fill; without slots, but with the name of one that lacks items, where there is none. */
    public SlotFill fill() {
        int[] order = byCandidates();
        for (int slot : order) {
            int units = plan.slots().get(slot).units();
            for (int c = 0; c < candidates[slot].length && taken.get(slot).size() < units; c++) {
                if (ownerOf(candidates[slot][c]) < 0) {
                    taken.get(slot).add(candidates[slot][c]);
                }
            }
        }
        for (int slot : order) {
            while (!suffices(slot, null)) {
                visited = 0;
                if (!augment(slot)) {
                    return unfilled(slot);
                }
            }
        }
        for (int slot : order) {
            if (!suffices(slot, null)) {
                return unfilled(slot);
            }
        }
        List<FilledSlot> slots = new ArrayList<>(candidates.length);
        for (int s = 0; s < candidates.length; s++) {
            slots.add(new FilledSlot(plan.slots().get(s).name(), members(s), List.of()));
        }
        return new SlotFill(plan, List.copyOf(slots), null);
    }

    private SlotFill unfilled(int slot) {
        return new SlotFill(plan, List.of(), plan.slots().get(slot).name());
    }

    /** The slots, the one with the fewest candidates first. */
    private int[] byCandidates() {
        int[] order = new int[candidates.length];
        for (int s = 0; s < order.length; s++) {
            int at = s;
            for (; at > 0 && candidates[order[at - 1]].length > candidates[s].length; at--) {
                order[at] = order[at - 1];
            }
            order[at] = s;
        }
        return order;
    }

    /** Whether the items that a slot has, but for one, give all of its units. */
    private boolean suffices(int slot, @Nullable ItemEntry without) {
        BundleSlot stated = plan.slots().get(slot);
        long units = 0;
        for (ItemEntry entry : taken.get(slot)) {
            units += without != null && entry.ordinal() == without.ordinal()
                    ? 0
                    : stated.repeats() ? Math.min(entry.stock(), stated.units()) : 1;
        }
        return units >= stated.units();
    }

    private int ownerOf(ItemEntry entry) {
        for (int s = 0; s < candidates.length; s++) {
            for (ItemEntry each : taken.get(s)) {
                if (each.ordinal() == entry.ordinal()) {
                    return s;
                }
            }
        }
        return -1;
    }

    /**
     * Gives a slot one more item: a free one, or one of a slot that does without it, if need be because it gets
     * another. That may have less stock than the one it is to give, where one item gives several units.
     */
    private boolean augment(int slot) {
        visited |= 1L << slot;
        for (ItemEntry candidate : candidates[slot]) {
            if (ownerOf(candidate) < 0) {
                taken.get(slot).add(candidate);
                return true;
            }
        }
        for (ItemEntry candidate : candidates[slot]) {
            int owner = ownerOf(candidate);
            if (owner != slot
                    && (suffices(owner, candidate)
                            || ((visited & 1L << owner) == 0 && augment(owner) && suffices(owner, candidate)))) {
                taken.get(owner).removeIf(each -> each.ordinal() == candidate.ordinal());
                taken.get(slot).add(candidate);
                return true;
            }
        }
        return false;
    }

    /**
     * The items of a slot, best first, one unit each; the best get what is left of its units, as far as their stock
     * goes.
     */
    private List<BundleMember> members(int slot) {
        List<BundleMember> members = new ArrayList<>(taken.get(slot).size());
        long left = (long) plan.slots().get(slot).units() - taken.get(slot).size();
        for (ItemEntry candidate : candidates[slot]) {
            Item item = candidate.item();
            if (item != null && ownerOf(candidate) == slot) {
                long more = Math.max(0, Math.min(left, item.stock() - 1));
                members.add(new BundleMember(item.id(), (int) (1 + more)));
                left -= more;
            }
        }
        return members;
    }
}
