package dev.kombo.learning.mining;

import dev.kombo.learning.mining.BundleMiner.MiningView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the partners of an item of which an order holds one or another: they are of one kind, and hardly ever bought
 * together. Items that complement each other are bought together, so none are found among those.
 */
final class InterchangeablePartners {
    /** Fewest items among which there is a choice. */
    static final int LEAST = 3;
    /** Most partners that are compared with each other. */
    private static final int MOST = 24;
    /** Largest share of orders with the rarer of two partners that may hold both, beyond chance. */
    private static final double TOGETHER = 0.1;
    /** Fewest partners that two items without categories have in common. */
    private static final int COMMON_PARTNERS = 2;

    private final String item;
    private final long purchases;
    private final MiningView view;
    private final Map<String, Map<String, Integer>> triples = new HashMap<>();
    private final Map<String, Set<String>> partners = new HashMap<>();

    /** Compares the partners of an item that is bought in so many orders. */
    InterchangeablePartners(String item, NeighborCounts counts, long purchases, MiningView view) {
        this.item = item;
        this.purchases = purchases;
        this.view = view;
        for (PartnerPairCount triple : counts.triples()) {
            triples.computeIfAbsent(triple.first(), none -> new HashMap<>()).put(triple.second(), triple.orders());
        }
    }

    /**
     * Returns the most partners of which each could take the place of any other; none where they are fewer than
     * {@link #LEAST}.
     *
     * @param strongest partners that belong with the item, strongest first
     */
    List<PartnerCount> among(List<PartnerCount> strongest) {
        List<List<PartnerCount>> groups = new ArrayList<>();
        for (PartnerCount partner : strongest.subList(0, Math.min(MOST, strongest.size()))) {
            groups.stream()
                    .filter(group -> group.stream()
                            .allMatch(other -> alike(partner.itemId(), other.itemId()) && apart(partner, other)))
                    .findFirst()
                    .orElseGet(() -> {
                        groups.add(new ArrayList<>());
                        return groups.get(groups.size() - 1);
                    })
                    .add(partner);
        }
        return groups.stream()
                .filter(group -> group.size() >= LEAST)
                .max(Comparator.comparingInt(List::size))
                .orElse(List.of());
    }

    /** The category of all partners, or {@link MinedSlot#CHOICE}. */
    String kind(List<PartnerCount> group) {
        String category = view.category(group.get(0).itemId());
        return category != null
                        && MinedSlot.mayBeCalled(category)
                        && group.stream().allMatch(each -> category.equals(view.category(each.itemId())))
                ? category
                : MinedSlot.CHOICE;
    }

    /**
     * Orders with the item and two of the partners; those with three count more than once. Not all are counted, so two
     * are taken to be bought with the item as often as by chance at least, but no more often than in any order.
     */
    long together(List<PartnerCount> group) {
        long together = 0;
        for (int a = 0; a < group.size(); a++) {
            for (int b = a + 1; b < group.size(); b++) {
                PartnerCount one = group.get(a);
                PartnerCount other = group.get(b);
                double byChance = (double) one.orders() * other.orders() / Math.max(1, purchases);
                together += Math.min(
                        together(one.itemId(), other.itemId()),
                        Math.max(withItem(one.itemId(), other.itemId()), (long) Math.ceil(byChance)));
            }
        }
        return together;
    }

    private boolean alike(String one, String other) {
        String category = view.category(one);
        String ofOther = view.category(other);
        if (category != null && ofOther != null) {
            return category.equals(ofOther);
        }
        Set<String> partnersOfOne = partnersOf(one);
        Set<String> partnersOfOther = partnersOf(other);
        long common = partnersOfOne.stream().filter(partnersOfOther::contains).count();
        return common >= COMMON_PARTNERS && 2 * common >= Math.min(partnersOfOne.size(), partnersOfOther.size());
    }

    /**
     * What an item is bought with more often than by chance, apart from the one whose partner it is: what everybody
     * buys says nothing of an item.
     */
    private Set<String> partnersOf(String partner) {
        return partners.computeIfAbsent(partner, id -> {
            Set<String> others = new HashSet<>(view.partners(id));
            others.removeIf(other -> other.equals(item) || !belongs(id, other));
            return others;
        });
    }

    private boolean belongs(String one, String other) {
        long orders = view.orders(one, other);
        return orders > 0
                && Lift.ofPair(orders, view.orders(), view.purchases(one), view.purchases(other))
                                .lower()
                        > 1;
    }

    private boolean apart(PartnerCount one, PartnerCount other) {
        String a = one.itemId();
        String b = other.itemId();
        double chance = (double) view.purchases(a) * view.purchases(b) / Math.max(1, view.orders());
        double expected = chance + TOGETHER * Math.min(one.orders(), other.orders());
        // A few orders more may be chance: without that, one customer who likes two of them would part them.
        return together(a, b) <= expected + Lift.CONFIDENCE_Z * Math.sqrt(expected);
    }

    /** Orders with both: those that are known with the item, where the view does not list them as partners. */
    private long together(String one, String other) {
        return Math.max(withItem(one, other), Math.max(view.orders(one, other), view.orders(other, one)));
    }

    /** Orders with both and the item, as far as they are counted. */
    private long withItem(String one, String other) {
        boolean inOrder = one.compareTo(other) < 0;
        Map<String, Integer> seconds = triples.getOrDefault(inOrder ? one : other, Map.of());
        return seconds.getOrDefault(inOrder ? other : one, 0);
    }
}
