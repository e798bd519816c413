package dev.kombo.catalog.index;

import dev.kombo.entity.EntityModel;
import dev.kombo.entity.LevelCounts;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * How much likelier customers with a level of an attribute, such as {@code region=north}, take an item. It is the
 * log-lift
 *
 * <pre>
 *   ln (c(l, j) + k p(l)) / ((c(j) + k) p(l))
 * </pre>
 *
 * where c(j) customers took item j, c(l, j) of them with the level l, and p(l) is the level's share of all customers;
 * k = {@value #STRENGTH} further customers like all others draw it to 0 (empirical Bayes). Levels of fewer than {@value
 * #LEAST} customers are not known. In a full table a level takes over the count of the one that it replaces, so there
 * a level must exceed the smallest count by as many. All counts have faded to the time of their publication, so that a
 * customer of then counts 1.
 *
 * <p>The shares are those of one moment; the index replaces them when other levels are known, or when the number of
 * customers, or of those with a level, has changed by a twentieth of all.
 * Any thread reads; only the index's writer forgets.
 */
public final class LevelLifts {
    private static final double STRENGTH = 20;
    private static final double LEAST = 20;
    private static final double OUTGROWN = 0.05;

    private final Snapshots<ItemEntry> items;
    private final double customers;
    /** Ascending. */
    private final long[] levels;

    private final double[] shares;
    private final OrdinalCache<ItemLifts> lifts = new OrdinalCache<>();

    LevelLifts(Snapshots<ItemEntry> items, LevelCounts all) {
        this.items = items;
        customers = all.customers();
        Map<Long, Double> known = new TreeMap<>();
        double least = LEAST + all.excess();
        for (int i = 0; i < all.levels().length; i++) {
            if (all.counts()[i] >= least) {
                known.put(all.levels()[i], all.counts()[i] / customers);
            }
        }
        levels = known.keySet().stream().mapToLong(level -> level).toArray();
        shares = known.values().stream().mapToDouble(share -> share).toArray();
    }

    /** Whether customers have changed since it was made. */
    boolean outgrown(LevelCounts all) {
        double change = Math.abs(all.customers() - customers);
        double least = LEAST + all.excess();
        for (int i = 0; i < all.levels().length; i++) {
            int place = place(all.levels()[i]);
            double count = all.counts()[i];
            if ((place >= 0) != (count >= least)) {
                return true;
            }
            change = Math.max(change, place < 0 ? 0 : Math.abs(count - shares[place] * customers));
        }
        return change > OUTGROWN * customers;
    }

    void forget(int item) {
        lifts.forget(item);
    }

    /**
     * The place of a level in {@link ItemLifts#at}, by its hash; {@link CatalogIndex#UNKNOWN} where too few customers
     * have it.
     */
    public int place(long level) {
        return Math.max(CatalogIndex.UNKNOWN, Arrays.binarySearch(levels, level));
    }

    /** The log-lifts of an item. */
    public ItemLifts of(int item) {
        ItemLifts kept = lifts.kept(item);
        return kept != null ? kept : lifts.derive(item, this::derive);
    }

    private ItemLifts derive(int item) {
        EntityModel model = items.get(item).model();
        LevelCounts taken = model == null ? LevelCounts.NONE : model.levels();
        Map<Integer, Float> known = new TreeMap<>();
        for (int i = 0; i < taken.levels().length; i++) {
            int place = place(taken.levels()[i]);
            if (place >= 0) {
                known.put(place, (float) Math.log((taken.counts()[i] + STRENGTH * shares[place])
                        / ((taken.customers() + STRENGTH) * shares[place])));
            }
        }
        int[] places = new int[known.size()];
        float[] own = new float[places.length];
        int size = 0;
        for (Map.Entry<Integer, Float> level : known.entrySet()) {
            places[size] = level.getKey();
            own[size++] = level.getValue();
        }
        return new ItemLifts(places, own, (float) Math.log(STRENGTH / (taken.customers() + STRENGTH)));
    }

    /**
     * The log-lifts of an item.
     *
     * @param places places of the levels that customers who took it have, ascending; neither array is copied or written
     * @param lifts the log-lift of each
     * @param others the log-lift of all other levels, which follows from the number of customers alone
     */
    public record ItemLifts(int[] places, float[] lifts, float others) {
        /** The log-lift of a level, by {@link LevelLifts#place}; 0 where the level is not known. */
        public float at(int level) {
            if (level < 0) {
                return 0f;
            }
            int own = Arrays.binarySearch(places, level);
            return own < 0 ? others : lifts[own];
        }
    }
}
