package dev.kombo.catalog.index;

import dev.kombo.entity.Item;
import dev.kombo.slot.BundleSlot;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The items of a slot's set that can be sold, most popular first. Popularity counts in steps of a quarter, and within a
 * step hashes decide: otherwise two items that are about as popular would change places with each purchase, and bundles
 * with them. One thread writes; any thread reads {@link #top}.
 */
public final class SlotItems {
    /** Most items of a set that are compared. A slot has fewer units, unless an item may fill more than one. */
    public static final int MOST = 64;

    private static final double STEPS = 4;
    private static final int[] NONE = {};

    private static final Comparator<ItemEntry> MOST_POPULAR_FIRST = Comparator.comparingDouble(
                    (ItemEntry entry) -> -Math.floor(STEPS * entry.logPopularityLong()))
            .thenComparingLong(ItemEntry::hash);

    /**
     * What an item of a set is, and in which currency it is sold.
     *
     * @param items one of these; empty: stated otherwise
     * @param category of this category; null: stated otherwise
     * @param attribute with this attribute; null: stated otherwise
     * @param currency null: bundles of it have no price
     */
    record Criteria(
            Set<String> items,
            @Nullable String category,
            @Nullable String attribute,
            @Nullable String value,
            @Nullable String currency) {
        static Criteria of(BundleSlot slot, @Nullable String currency) {
            return new Criteria(Set.copyOf(slot.items()), slot.category(), slot.attribute(), slot.value(), currency);
        }

        /** Whether an item is of the set and can be sold in a bundle. */
        boolean meets(Item item) {
            return item.stock() >= 1
                    && (currency == null || (item.priced() && currency.equals(item.currency())))
                    && includes(item);
        }

        private boolean includes(Item item) {
            if (!items.isEmpty()) {
                return items.contains(item.id());
            }
            return category != null
                    ? category.equals(item.category())
                    : attribute == null
                            || (value != null && value.equals(item.attributes().get(attribute)));
        }
    }

    /** Whether a change of an item moves it among others. */
    static boolean moves(ItemEntry before, ItemEntry after) {
        return MOST_POPULAR_FIRST.compare(before, after) != 0;
    }

    private final Criteria criteria;
    private final TreeSet<ItemEntry> places = new TreeSet<>(MOST_POPULAR_FIRST);
    private final Set<Integer> bundles = new HashSet<>();
    private @Nullable ItemEntry last;
    private boolean touched;
    private boolean repeated;
    private volatile int[] top = NONE;

    SlotItems(Criteria criteria) {
        this.criteria = criteria;
    }

    Criteria criteria() {
        return criteria;
    }

    /** Ordinals of the bundles with a slot of this set. */
    Set<Integer> bundles() {
        return bundles;
    }

    /** Whether an item belongs to the set and can be sold. */
    public boolean holds(ItemEntry entry) {
        return entry.item() != null && criteria.meets(entry.item());
    }

    /** Whether an item belongs to the set, in stock and priced or not. */
    public boolean includes(ItemEntry entry) {
        return entry.item() != null && criteria.includes(entry.item());
    }

    /** Adds an item that it {@link #holds}. */
    void add(ItemEntry entry) {
        places.add(entry);
        touched |= last == null || places.comparator().compare(entry, last) <= 0;
    }

    /** Removes an item, if it is there. */
    void remove(ItemEntry entry) {
        boolean there = places.remove(entry);
        touched |= there && (last == null || places.comparator().compare(entry, last) <= 0);
    }

    /** Takes in that an item may fill a slot of the set with several units, as far as its stock goes. */
    void repeat() {
        repeated = true;
    }

    /**
     * Shows readers the changes since the last call; returns whether slots may be filled otherwise.
     *
     * @param restocked whether the stock of an item changed: it counts where an item gives several units
     */
    boolean publish(boolean restocked) {
        if (!touched) {
            return false;
        }
        touched = false;
        int[] ordinals = new int[Math.min(MOST, places.size())];
        int size = 0;
        last = null;
        for (ItemEntry entry : places) {
            if (size == ordinals.length) {
                break;
            }
            ordinals[size++] = entry.ordinal();
            last = size == MOST ? entry : null;
        }
        boolean same = Arrays.equals(top, ordinals);
        top = ordinals;
        return !same || (restocked && repeated);
    }

    /** Ordinals of the most popular items, up to {@value #MOST}; must not be written. */
    public int[] top() {
        return top;
    }
}
