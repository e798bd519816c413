package dev.kombo.ranking.shopper;

import dev.kombo.catalog.index.CatalogIndex;
import java.util.Arrays;

/**
 * How much likelier than others a shopper touches a category, told from the categories of all the items that the shopper
 * touched: with n different ones, and l_i the {@link CatalogIndex#categoryLift lift} that the category of the i-th gives,
 *
 * <pre>
 *   ln((k + sum of l_i) / (k + n)),    k = {@value #PRIOR},
 * </pre>
 *
 * 0 for a shopper of whom nothing is known. Each item counts once: that it is bought again and again tells of the item,
 * and of its category no more than the first time did. Worked out for the categories that are asked for. Touched by one
 * thread.
 */
public final class CategoryTaste {
    /** Items that a shopper like all others weighs as much as. */
    private static final float PRIOR = 2f;

    private int[] touched = new int[16];
    private float[] items = new float[16];
    private int size;
    private float all;
    private CatalogIndex index;
    private float[] tastes = new float[16];
    private boolean[] known = new boolean[16];

    /** Takes in what a shopper touched. */
    void load(CatalogIndex catalog, TouchedTargets targets) {
        index = catalog;
        size = 0;
        all = 0;
        Arrays.fill(known, false);
        for (int t = 0; t < targets.size(); t++) {
            int category = targets.isItem(t) ? index.itemAt(targets.ordinal(t)).category() : CatalogIndex.UNKNOWN;
            if (category != CatalogIndex.UNKNOWN) {
                count(category);
            }
        }
    }

    private void count(int category) {
        int place = 0;
        while (place < size && touched[place] != category) {
            place++;
        }
        if (place == touched.length) {
            touched = Arrays.copyOf(touched, 2 * place);
            items = Arrays.copyOf(items, 2 * place);
        }
        if (place == size) {
            touched[place] = category;
            items[place] = 0;
            size++;
        }
        items[place]++;
        all++;
    }

    /** For a category by its number; 0 for {@link CatalogIndex#UNKNOWN}. */
    public float of(int category) {
        if (category == CatalogIndex.UNKNOWN) {
            return 0f;
        }
        if (category >= tastes.length) {
            tastes = Arrays.copyOf(tastes, Math.max(category + 1, 2 * tastes.length));
            known = Arrays.copyOf(known, tastes.length);
        }
        if (!known[category]) {
            float sum = PRIOR;
            for (int c = 0; c < size; c++) {
                sum += items[c] * index.categoryLift(touched[c], category);
            }
            tastes[category] = (float) Math.log(sum / (PRIOR + all));
            known[category] = true;
        }
        return tastes[category];
    }
}
