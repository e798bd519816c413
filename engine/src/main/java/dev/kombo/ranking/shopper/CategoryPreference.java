package dev.kombo.ranking.shopper;

import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.catalog.index.CategoryLifts;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The shopper's preference for a category: the log of how much more likely than others the shopper is to interact with
 * it, estimated from the categories of all items the shopper interacted with, alone or as members of a bundle. An item
 * without a category counts by its cluster. With n such items, and l_i the {@link CategoryLifts#of lift} from the
 * category of the i-th,
 *
 * <pre>
 *   ln((k + sum of l_i) / (k + n)),    k = {@value #PRIOR},
 * </pre>
 *
 * and 0 for an unknown shopper. Each item and each bundle counts once: repeated purchases are evidence for the item,
 * not for its category. Computed on demand per category. Not thread-safe.
 */
public final class CategoryPreference {
    /** Prior strength, in items, of a shopper like all others. */
    private static final float PRIOR = 8f;

    private int[] interacted = new int[16];
    private float[] items = new float[16];
    private int size;
    private float all;
    private final CatalogIndex index;
    private CategoryLifts lifts;
    private float[] preferences = new float[16];
    private boolean[] known = new boolean[16];

    CategoryPreference(CatalogIndex index) {
        this.index = index;
        lifts = index.categoryLifts();
    }

    /** Loads the entities that a shopper interacted with. */
    void load(RecentEntities entities) {
        lifts = index.categoryLifts();
        size = 0;
        all = 0;
        Arrays.fill(known, false);
        for (int t = 0; t < entities.size(); t++) {
            if (entities.isItem(t)) {
                count(entities.ordinal(t), index.itemAt(entities.ordinal(t)).category());
            } else {
                count(index.bundle(entities.ordinal(t)));
            }
        }
    }

    private void count(@Nullable BundleEntry bundle) {
        for (int m = 0; bundle != null && m < bundle.size(); m++) {
            count(bundle.member(m), bundle.memberCategory(m));
        }
    }

    private void count(int item, int category) {
        int group = lifts.group(item, category);
        if (group == CatalogIndex.UNKNOWN) {
            return;
        }
        int place = 0;
        while (place < size && interacted[place] != group) {
            place++;
        }
        if (place == interacted.length) {
            interacted = Arrays.copyOf(interacted, 2 * place);
            items = Arrays.copyOf(items, 2 * place);
        }
        if (place == size) {
            interacted[place] = group;
            items[place] = 0;
            size++;
        }
        items[place]++;
        all++;
    }

    /**
     * The preference for the category of an item; 0 where it has none.
     *
     * @param item ordinal
     * @param category number of its category, or {@link CatalogIndex#UNKNOWN}
     */
    public float of(int item, int category) {
        int group = lifts.group(item, category);
        if (group == CatalogIndex.UNKNOWN) {
            return 0f;
        }
        if (group >= preferences.length) {
            preferences = Arrays.copyOf(preferences, Math.max(group + 1, 2 * preferences.length));
            known = Arrays.copyOf(known, preferences.length);
        }
        if (!known[group]) {
            float sum = PRIOR;
            for (int g = 0; g < size; g++) {
                sum += items[g] * lifts.of(interacted[g], group);
            }
            preferences[group] = (float) Math.log(sum / (PRIOR + all));
            known[group] = true;
        }
        return preferences[group];
    }
}
