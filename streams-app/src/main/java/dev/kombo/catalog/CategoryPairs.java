package dev.kombo.catalog;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongToIntFunction;

/**
 * How much likelier than others somebody who touched an item of one category touches items of another: the lift
 * (c_ab / n_a) / (n_b / n) of the pairs of items that the same shoppers touched, drawn to 1 where a category was seldom
 * touched. Between items such counts are too few to tell much for long; between their categories they are many soon.
 *
 * <p>Counted is what the latest models of the items say, by the categories of both. What an item added is remembered, so
 * that just that is taken off when its next model comes. Where an item that was counted or left out by another changes
 * its category, all is counted anew at the next refresh. Counts are integers in units of 2^-20, so they are the same
 * whatever the order in which models and items came. Categories from number {@value #MOST} on are not counted.
 *
 * <p>Written by the index's writer; read by any thread without a lock, which may for a moment see a pair counted in part.
 */
final class CategoryPairs {
    static final int MOST = 1_000;

    private static final double UNITS = 1_048_576;
    /** Pairs of a category that a lift of 1 weighs as much as. */
    private static final double EVIDENCE = 20 * UNITS;

    private static final Row NOTHING = new Row(0, new int[0], new long[0]);

    private final Snapshots<ItemEntry> items;
    private final LongToIntFunction itemOrdinals;
    private final LongToIntFunction bundleOrdinals;
    private final Set<Long> leftOut = new HashSet<>();
    private Row[] rows = new Row[64];
    private boolean stale;
    private volatile Table table = new Table(0);

    /** What an item added. */
    private record Row(int category, int[] others, long[] units) {}

    /** Pairs of so many categories, row by row, then the sum of each row, then that of all. */
    private static final class Table {
        private final int size;
        private final AtomicLongArray counts;

        private Table(int size) {
            this.size = size;
            counts = new AtomicLongArray(size * size + size + 1);
        }

        private void add(int category, int other, long units) {
            add(category * size + other, units);
            add(size * size + category, units);
            add(size * size + size, units);
        }

        private void add(int cell, long units) {
            counts.setOpaque(cell, counts.getPlain(cell) + units);
        }

        private double pairs(int category, int other) {
            return counts.getOpaque(category * size + other);
        }

        private double of(int category) {
            return counts.getOpaque(size * size + category);
        }

        private double all() {
            return counts.getOpaque(size * size + size);
        }

        private Table grown(int categories) {
            Table grown = new Table(Math.max(categories, 2 * size));
            for (int a = 0; a < size; a++) {
                for (int b = 0; b < size; b++) {
                    grown.add(a, b, counts.getPlain(a * size + b));
                }
            }
            return grown;
        }
    }

    /**
     * Nothing counted yet.
     *
     * @param items by ordinal
     * @param itemOrdinals ordinal of an item by hash, or {@link CatalogIndex#UNKNOWN}
     * @param bundleOrdinals the same of a bundle
     */
    CategoryPairs(Snapshots<ItemEntry> items, LongToIntFunction itemOrdinals, LongToIntFunction bundleOrdinals) {
        this.items = items;
        this.itemOrdinals = itemOrdinals;
        this.bundleOrdinals = bundleOrdinals;
    }

    /** Takes in that one of the items was replaced. */
    void replace(ItemEntry before, ItemEntry after) {
        boolean moved = before.category() != after.category();
        stale |= moved && (before.category() >= 0 || leftOut.contains(after.hash()));
        if (moved || !together(after).sameAs(together(before))) {
            count(after);
        }
    }

    private static Cooccurrences together(ItemEntry item) {
        return item.model() == null ? Cooccurrences.NONE : item.model().cooccurrences();
    }

    /** Counts all anew where that is due. */
    void refresh() {
        if (stale) {
            stale = false;
            leftOut.clear();
            for (int i = 0; i < items.size(); i++) {
                count(items.get(i));
            }
        }
    }

    private void count(ItemEntry item) {
        if (item.ordinal() >= rows.length) {
            rows = Arrays.copyOf(rows, Math.max(item.ordinal() + 1, 2 * rows.length));
        }
        Row before = rows[item.ordinal()];
        if (before != null) {
            add(before, -1);
        }
        Row after = counted(item.category()) ? row(item) : NOTHING;
        rows[item.ordinal()] = after;
        add(after, 1);
    }

    private static boolean counted(int category) {
        return category >= 0 && category < MOST;
    }

    private Row row(ItemEntry item) {
        Cooccurrences together = together(item);
        int[] others = new int[together.size()];
        long[] units = new long[together.size()];
        int size = 0;
        for (int t = 0; t < together.size(); t++) {
            long target = together.targets()[t];
            int other = itemOrdinals.applyAsInt(target);
            int category = other == CatalogIndex.UNKNOWN
                    ? CatalogIndex.UNKNOWN
                    : items.get(other).category();
            if (category < 0 && bundleOrdinals.applyAsInt(target) == CatalogIndex.UNKNOWN) {
                leftOut.add(target);
            } else if (counted(category)) {
                int place = 0;
                while (place < size && others[place] != category) {
                    place++;
                }
                size = Math.max(size, place + 1);
                others[place] = category;
                units[place] += Math.round(together.weights()[t] * UNITS);
            }
        }
        return new Row(item.category(), Arrays.copyOf(others, size), Arrays.copyOf(units, size));
    }

    private void add(Row row, int sign) {
        for (int i = 0; i < row.others().length; i++) {
            int other = row.others()[i];
            Table current = table;
            if (Math.max(row.category(), other) >= current.size) {
                current = current.grown(Math.max(row.category(), other) + 1);
                table = current;
            }
            current.add(row.category(), other, sign * row.units()[i]);
            current.add(other, row.category(), sign * row.units()[i]);
        }
    }

    /** Lift of a category, by its number, for who touched another; 0 or more, and 1 where nothing is known. */
    float lift(int touched, int category) {
        Table current = table;
        if (touched < 0 || category < 0 || Math.max(touched, category) >= current.size) {
            return 1f;
        }
        double share = current.all() > 0 ? current.of(category) / current.all() : 0;
        return share > 0
                ? (float) ((current.pairs(touched, category) + EVIDENCE * share)
                        / ((current.of(touched) + EVIDENCE) * share))
                : 1f;
    }
}
