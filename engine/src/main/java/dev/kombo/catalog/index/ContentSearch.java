package dev.kombo.catalog.index;

import java.util.Arrays;

/** Reusable buffers for {@link CatalogIndex#contentNeighbors}. Not thread-safe. */
public final class ContentSearch {
    /** Arrays get room for a quarter more. */
    private static final int SPARE_PART = 4;

    private static final int FIRST_CAPACITY = 64;

    private float[] sums = {};
    private int[] found = new int[FIRST_CAPACITY];
    private int size;
    private final TopSelection best = new TopSelection();
    private int offered;

    void clear(int bundles) {
        for (int i = 0; i < size; i++) {
            sums[found[i]] = 0;
        }
        size = 0;
        best.reset(ContentIndex.MOST);
        offered = 0;
        if (bundles > sums.length) {
            sums = new float[bundles + bundles / SPARE_PART];
        }
    }

    /** Adds the weight of a member in common with a bundle. */
    void add(int bundle, float weight) {
        if (bundle >= sums.length) {
            sums = Arrays.copyOf(sums, bundle + bundle / SPARE_PART + 1);
        }
        if (sums[bundle] == 0) {
            if (size == found.length) {
                found = Arrays.copyOf(found, 2 * size);
            }
            found[size++] = bundle;
        }
        sums[bundle] += weight;
    }

    int size() {
        return size;
    }

    int found(int place) {
        return found[place];
    }

    float sum(int bundle) {
        return sums[bundle];
    }

    /** Whether a bundle with a cosine of at most this can be among the most similar. */
    boolean mayKeep(float cosine) {
        return !best.refuses(cosine);
    }

    /** Keeps a bundle if it is among the most similar; of equally similar ones, the first. */
    void keep(float cosine, int bundle) {
        best.offer(cosine, offered++, bundle);
    }

    ContentNeighbors kept() {
        float[] cosines = new float[best.size()];
        for (int i = 0; i < cosines.length; i++) {
            cosines[i] = (float) best.key(i);
        }
        return new ContentNeighbors(best.ordinals(), cosines);
    }
}
