package dev.kombo.learning.mining;

import dev.kombo.codec.Fields;
import dev.kombo.entity.Neighbor;
import dev.kombo.math.Decay;
import dev.kombo.math.StableHash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Counts the items bought in the same orders as one item, in bounded space.
 *
 * <p>Partners are kept by a randomized admission policy (Ben Basat, Einziger, Friedman, Kassner: Randomized Admission
 * Policy for Efficient Top-k and Frequency Estimation, INFOCOM 2017): when the table is full, a new partner with
 * increment w replaces the one with the smallest weight s with probability w / (s + w), and inherits that weight.
 * Space-Saving (Metwally, Agrawal, El Abbadi, ICDT 2005) always admits it, so the long tail of partners bought together
 * once keeps displacing entries; random admission keeps weights unbiased and the table stable. The draw is a hash of
 * partner and time.
 *
 * <p>With capacity m and W the decayed sum of all increments, the weights in the table sum to at most W and the
 * smallest is at most W / m. So a {@linkplain PartnerCount#weight weight} is at most W / m above the truth; and below
 * it by what came before the partner was admitted. {@linkplain PartnerCount#orders Orders} are not inherited but start
 * at 1: they are never above the truth, so a bundle never claims support that it does not have. With no more than m
 * different partners so far, both are exact.
 *
 * <p>An order counts orderSize^-0.5 in the weights, since a small order is stronger evidence than a large one.
 *
 * <p>Not thread-safe: only the thread of the item's task uses it.
 */
public final class NeighborCounts {
    private static final Comparator<PartnerCount> STRONGEST_FIRST = NeighborCounts::strongestFirst;

    /** Version of the layout. */
    private static final int LAYOUT = 1;

    private final NeighborSettings settings;
    private List<PartnerCount> partners;
    private final TripleCounts triples;
    private long time;

    /** Creates empty counts. */
    public NeighborCounts(NeighborSettings settings) {
        this(settings, 0, new ArrayList<>(), new ArrayList<>());
    }

    /**
     * Restores the counts from their stored parts; keeps the lists, which must be mutable.
     *
     * @param time time to which the weights are decayed, epoch milliseconds; meaningless without partners
     * @param partners counts by partner, in any order
     * @param triples counts by two partners, in any order
     */
    public NeighborCounts(
            NeighborSettings settings, long time, List<PartnerCount> partners, List<PartnerPairCount> triples) {
        this.settings = settings;
        this.time = time;
        this.partners = partners;
        this.triples = new TripleCounts(settings, triples);
    }

    /** The fields; those that are read replace its own. */
    public NeighborCounts fields(Fields f) {
        f.version("what is bought with an item", LAYOUT, LAYOUT, LAYOUT);
        time = f.number(time);
        partners = f.each(partners, PartnerCount.BLANK, PartnerCount::fields);
        triples.counts = f.each(triples.counts, PartnerPairCount.BLANK, PartnerPairCount::fields);
        return this;
    }

    /**
     * Counts a closed order that contains the item.
     *
     * @param itemId the item that these counts belong to: the same at each call
     * @param orderPartners other items of the order; repeated ones count once
     * @param offeredPartners those of them that an offered bundle joins with this item: their weight grows, but they do
     *     not add support to a pair or triple
     * @param orderSize different items in the order, including those left out of {@code orderPartners}
     * @param eventTime epoch milliseconds; a late order counts with its decay
     */
    public void addOrder(
            String itemId,
            Collection<String> orderPartners,
            Collection<String> offeredPartners,
            int orderSize,
            long eventTime) {
        float increment = (float) (advance(eventTime) / Math.sqrt(Math.max(2, orderSize)));
        List<PartnerCount> supported = new ArrayList<>(orderPartners.size());
        Set<String> waiting = new HashSet<>(orderPartners);
        waiting.remove(itemId);
        for (PartnerCount count : partners) {
            if (waiting.remove(count.itemId())) {
                count.addWeight(increment);
                support(count, offeredPartners, supported);
            }
        }
        for (String partner : orderPartners) {
            if (waiting.remove(partner)) {
                PartnerCount count = admit(partner, increment, eventTime);
                if (count != null) {
                    support(count, offeredPartners, supported);
                }
            }
        }
        triples.addOrder(itemId, supported, partners);
    }

    /** The partners with the largest weights, strongest first; ties by id. */
    public List<Neighbor> strongest(int wanted) {
        List<PartnerCount> sorted = new ArrayList<>(partners);
        sorted.sort(STRONGEST_FIRST);
        int size = Math.min(wanted, sorted.size());
        List<Neighbor> neighbors = new ArrayList<>(size);
        for (PartnerCount count : sorted.subList(0, size)) {
            neighbors.add(new Neighbor(count.itemId(), count.weight(), count.orders()));
        }
        return neighbors;
    }

    /** Written out instead of composed, since every publication of an item sorts by it. */
    private static int strongestFirst(PartnerCount one, PartnerCount other) {
        int order = Float.compare(other.weight(), one.weight());
        return order != 0 ? order : one.itemId().compareTo(other.itemId());
    }

    /** Time to which the weights are decayed: the latest order, epoch milliseconds. */
    public long time() {
        return time;
    }

    /** Counts by partner: the live list, read only. */
    public List<PartnerCount> partners() {
        return partners;
    }

    /** Counts by two partners, both with larger ids than the item: the live list, read only. */
    public List<PartnerPairCount> triples() {
        return triples.counts();
    }

    /**
     * Forgets that a bundle was suggested, so that it is suggested again as soon as it passes the test.
     *
     * @param bundle whose first member is this item
     */
    public void withdraw(MinedBundle bundle) {
        List<String> members = bundle.members();
        MinedSlot slot = bundle.slot();
        if (slot != null) {
            withdraw(slot.items());
        } else if (members.size() == 2) {
            withdraw(members);
        }
        triples.counts().stream()
                .filter(triple -> members.equals(List.of(members.get(0), triple.first(), triple.second())))
                .forEach(PartnerPairCount::recordWithdrawal);
    }

    /** Forgets that the pairs of the item with each of others were suggested; returns whether one was. */
    public boolean withdraw(Collection<String> others) {
        List<PartnerCount> suggested = partners.stream()
                .filter(pair -> pair.suggestedOrders() > 0 && others.contains(pair.itemId()))
                .toList();
        suggested.forEach(PartnerCount::recordWithdrawal);
        return !suggested.isEmpty();
    }

    /** Decays the weights to the time of an order; returns the weight that a late order still has. */
    private double advance(long eventTime) {
        if (partners.isEmpty()) {
            time = eventTime;
            return 1;
        }
        if (eventTime <= time) {
            return Decay.factor((double) time - eventTime, settings.halfLifeMillis());
        }
        float factor = (float) Decay.factor((double) eventTime - time, settings.halfLifeMillis());
        for (PartnerCount count : partners) {
            count.decay(factor);
        }
        time = eventTime;
        return 1;
    }

    private static void support(PartnerCount count, Collection<String> offered, List<PartnerCount> supported) {
        if (!offered.contains(count.itemId())) {
            count.countOrder();
            supported.add(count);
        }
    }

    /** Starts tracking a partner; null where the table is full and the draw rejects it. */
    private @Nullable PartnerCount admit(String partner, float increment, long eventTime) {
        if (partners.size() < settings.capacity()) {
            PartnerCount count = new PartnerCount(partner, increment, 0, 0);
            partners.add(count);
            return count;
        }
        int smallest = 0;
        for (int i = 1; i < partners.size(); i++) {
            if (partners.get(i).weight() < partners.get(smallest).weight()) {
                smallest = i;
            }
        }
        float weight = partners.get(smallest).weight() + increment;
        if (StableHash.unit(StableHash.of(partner, eventTime)) * weight >= increment) {
            return null;
        }
        PartnerCount count = new PartnerCount(partner, weight, 0, 0);
        partners.set(smallest, count);
        return count;
    }

    /**
     * Counts the orders that contain an item and two of its partners. A triple can only be frequent where its pairs are
     * (Agrawal, Srikant: Fast Algorithms for Mining Association Rules, VLDB 1994), so it is counted from the moment
     * when both pairs are frequent: counts are never overestimated.
     *
     * <p>Only the item with the smallest id of the three counts, and only among its strongest frequent partners. There
     * are no more such triples than the table holds, so a new one displaces only a triple whose partners are no longer
     * among the strongest.
     */
    private static final class TripleCounts {
        private final NeighborSettings settings;
        private List<PartnerPairCount> counts;

        TripleCounts(NeighborSettings settings, List<PartnerPairCount> counts) {
            this.settings = settings;
            this.counts = counts;
        }

        List<PartnerPairCount> counts() {
            return counts;
        }

        /**
         * Counts the pairs of partners in an order.
         *
         * @param itemId whose partners they are
         * @param supported partners in the order, which already count this order, in any order
         * @param all all partners tracked
         */
        void addOrder(String itemId, List<PartnerCount> supported, List<PartnerCount> all) {
            if (settings.triplePartners() < 2 || supported.size() < 2) {
                return;
            }
            float threshold = threshold(itemId, all);
            List<String> members = new ArrayList<>();
            for (PartnerCount partner : supported) {
                if (eligible(itemId, partner, threshold)) {
                    members.add(partner.itemId());
                }
            }
            if (members.size() >= 2) {
                members.sort(null);
                count(itemId, members, all, threshold);
            }
        }

        private void count(String itemId, List<String> members, List<PartnerCount> all, float threshold) {
            Map<String, Integer> positions = new HashMap<>(members.size() * 2);
            for (int i = 0; i < members.size(); i++) {
                positions.put(members.get(i), i);
            }
            boolean[][] known = new boolean[members.size()][members.size()];
            for (PartnerPairCount triple : counts) {
                Integer first = positions.get(triple.first());
                Integer second = first == null ? null : positions.get(triple.second());
                if (first != null && second != null) {
                    triple.countOrder();
                    known[first][second] = true;
                }
            }
            for (int a = 0; a < members.size(); a++) {
                for (int b = a + 1; b < members.size(); b++) {
                    if (!known[a][b]) {
                        admit(itemId, new PartnerPairCount(members.get(a), members.get(b), 1, 0), all, threshold);
                    }
                }
            }
        }

        private void admit(String itemId, PartnerPairCount triple, List<PartnerCount> all, float threshold) {
            if (counts.size() < settings.tripleCapacity()) {
                counts.add(triple);
                return;
            }
            Map<String, PartnerCount> strongest = new HashMap<>();
            for (PartnerCount partner : all) {
                if (eligible(itemId, partner, threshold)) {
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
        private float threshold(String itemId, List<PartnerCount> all) {
            float[] weights = new float[all.size()];
            int frequent = 0;
            for (PartnerCount partner : all) {
                if (eligible(itemId, partner, 0f)) {
                    weights[frequent++] = partner.weight();
                }
            }
            if (frequent <= settings.triplePartners()) {
                return 0f;
            }
            Arrays.sort(weights, 0, frequent);
            return weights[frequent - settings.triplePartners()];
        }

        private boolean eligible(String itemId, PartnerCount partner, float threshold) {
            return partner.orders() >= settings.tripleMinimumOrders()
                    && partner.weight() >= threshold
                    && partner.itemId().compareTo(itemId) > 0;
        }
    }
}
