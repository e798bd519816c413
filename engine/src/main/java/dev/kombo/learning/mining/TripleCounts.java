package dev.kombo.learning.mining;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts the orders that contain an item and two of its partners. A triple can only be frequent where its pairs are
 * (Agrawal, Srikant: Fast Algorithms for Mining Association Rules, VLDB 1994), so it is counted from the moment when
 * both pairs are frequent: counts are never overestimated.
 *
 * <p>Only the item with the smallest id of the three counts, and only among its strongest frequent partners. There are
 * no more such triples than the table holds, so a new one displaces only a triple whose partners are no longer among
 * the strongest.
 */
final class TripleCounts {
    private final String itemId;
    private final NeighborSettings settings;
    private final List<PartnerPairCount> counts;

    TripleCounts(String itemId, NeighborSettings settings, List<PartnerPairCount> counts) {
        this.itemId = itemId;
        this.settings = settings;
        this.counts = counts;
    }

    List<PartnerPairCount> counts() {
        return counts;
    }

    /**
     * Counts the pairs of partners in an order.
     *
     * @param supported partners in the order, which already count this order, in any order
     * @param all all partners tracked
     */
    void addOrder(List<PartnerCount> supported, List<PartnerCount> all) {
        if (settings.triplePartners() < 2 || supported.size() < 2) {
            return;
        }
        float threshold = threshold(all);
        List<String> members = new ArrayList<>();
        for (PartnerCount partner : supported) {
            if (eligible(partner, threshold)) {
                members.add(partner.itemId());
            }
        }
        if (members.size() >= 2) {
            members.sort(null);
            count(members, all, threshold);
        }
    }

    private void count(List<String> members, List<PartnerCount> all, float threshold) {
        Map<String, Integer> positions = new HashMap<>(members.size() * 2);
        for (int i = 0; i < members.size(); i++) {
            positions.put(members.get(i), i);
        }
        boolean[][] known = new boolean[members.size()][members.size()];
        for (PartnerPairCount triple : counts) {
            Integer first = positions.get(triple.first());
            Integer second = first == null ? null : positions.get(triple.second());
            if (second != null) {
                triple.countOrder();
                known[first][second] = true;
            }
        }
        for (int a = 0; a < members.size(); a++) {
            for (int b = a + 1; b < members.size(); b++) {
                if (!known[a][b]) {
                    admit(new PartnerPairCount(members.get(a), members.get(b), 1, 0), all, threshold);
                }
            }
        }
    }

    private void admit(PartnerPairCount triple, List<PartnerCount> all, float threshold) {
        if (counts.size() < settings.tripleCapacity()) {
            counts.add(triple);
            return;
        }
        Map<String, PartnerCount> strongest = new HashMap<>();
        for (PartnerCount partner : all) {
            if (eligible(partner, threshold)) {
                strongest.put(partner.itemId(), partner);
            }
        }
        for (int i = 0; i < counts.size(); i++) {
            PartnerPairCount old = counts.get(i);
            if (!strongest.containsKey(old.first()) || !strongest.containsKey(old.second())) {
                counts.set(i, triple);
                return;
            }
        }
    }

    /** The weight of the weakest partner that is still among the strongest. */
    private float threshold(List<PartnerCount> all) {
        float[] weights = new float[all.size()];
        int frequent = 0;
        for (PartnerCount partner : all) {
            if (eligible(partner, 0f)) {
                weights[frequent++] = partner.weight();
            }
        }
        if (frequent <= settings.triplePartners()) {
            return 0f;
        }
        Arrays.sort(weights, 0, frequent);
        return weights[frequent - settings.triplePartners()];
    }

    private boolean eligible(PartnerCount partner, float threshold) {
        return partner.orders() >= settings.tripleMinimumOrders()
                && partner.weight() >= threshold
                && partner.itemId().compareTo(itemId) > 0;
    }
}
