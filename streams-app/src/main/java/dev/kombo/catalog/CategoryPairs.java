package dev.kombo.catalog;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongToIntFunction;

/**
 * Counts, category by category, the pairs of items that the same shoppers touched: of each item what its latest model
 * says, by the categories that were known then. What an item added is remembered, so that just that is taken off when
 * its next model comes; counts are integers in units of 2^-20, so nothing is left behind. Categories from number
 * {@value #MOST} on are not counted.
 *
 * <p>Written by the index's writer; any thread may read the lifts, which are worked out anew after as many models as
 * there are categories: a model costs a row of the table, and the lifts are a few models late.
 */
final class CategoryPairs {
    static final int MOST = 1_000;

    private static final double UNITS = 1_048_576;

    /** What an item added. */
    private record Row(int category, int[] others, long[] units) {
        private static final Row NONE = new Row(0, new int[0], new long[0]);
    }

    private final List<Row> rows = new ArrayList<>();
    private long[][] pairs = new long[0][];
    private int changes;
    private volatile CategoryLifts lifts = CategoryLifts.NONE;

    /**
     * An item's model takes the place of the one before.
     *
     * @param category of the item, or below 0
     * @param categoryOf category of a target by hash; below 0 where it has none
     */
    void replace(int item, int category, Cooccurrences together, LongToIntFunction categoryOf) {
        while (rows.size() <= item) {
            rows.add(Row.NONE);
        }
        add(rows.get(item), -1);
        Row row = row(category, together, categoryOf);
        rows.set(item, row);
        add(row, 1);
        changes++;
        if (changes >= pairs.length) {
            publish();
        }
    }

    private Row row(int category, Cooccurrences together, LongToIntFunction categoryOf) {
        if (category < 0 || category >= MOST) {
            return Row.NONE;
        }
        int[] others = new int[together.size()];
        long[] units = new long[together.size()];
        int size = 0;
        for (int t = 0; t < together.size(); t++) {
            int other = categoryOf.applyAsInt(together.targets()[t]);
            if (other >= 0 && other < MOST) {
                int place = place(others, size, other);
                others[place] = other;
                units[place] += Math.round(together.weights()[t] * UNITS);
                size = Math.max(size, place + 1);
            }
        }
        return new Row(category, Arrays.copyOf(others, size), Arrays.copyOf(units, size));
    }

    private static int place(int[] others, int size, int other) {
        int place = 0;
        while (place < size && others[place] != other) {
            place++;
        }
        return place;
    }

    private void add(Row row, int sign) {
        for (int i = 0; i < row.others().length; i++) {
            int other = row.others()[i];
            grow(Math.max(row.category(), other) + 1);
            pairs[row.category()][other] += sign * row.units()[i];
            pairs[other][row.category()] += sign * row.units()[i];
        }
    }

    private void grow(int categories) {
        if (categories > pairs.length) {
            int before = pairs.length;
            pairs = Arrays.copyOf(pairs, categories);
            for (int c = 0; c < categories; c++) {
                pairs[c] = c < before ? Arrays.copyOf(pairs[c], categories) : new long[categories];
            }
        }
    }

    private void publish() {
        int categories = pairs.length;
        double[] counts = new double[categories * categories];
        for (int a = 0; a < categories; a++) {
            for (int b = 0; b < categories; b++) {
                counts[a * categories + b] = pairs[a][b] / UNITS;
            }
        }
        lifts = CategoryLifts.of(categories, counts);
        changes = 0;
    }

    /** As last worked out. */
    CategoryLifts lifts() {
        return lifts;
    }
}
