package dev.kombo.catalog.index;

import dev.kombo.catalog.index.BundleContent.ContentNeighbors;
import java.util.Arrays;

/** Reusable buffers for {@link CatalogIndex#contentNeighbors}. Not thread-safe. */
public final class ContentSearch {
    private float[] sums = {};
    private int[] found = new int[64];
    private int size;
    private final int[] best = new int[ContentIndex.MOST];
    private final float[] cosines = new float[ContentIndex.MOST];
    private int kept;

    void clear(int bundles) {
        for (int i = 0; i < size; i++) {
            sums[found[i]] = 0;
        }
        size = 0;
        kept = 0;
        if (bundles > sums.length) {
            sums = new float[bundles + bundles / 4];
        }
    }

    /** Adds the weight of a member in common with a bundle. */
    void add(int bundle, float weight) {
        if (bundle >= sums.length) {
            sums = Arrays.copyOf(sums, bundle + bundle / 4 + 1);
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

    /** Keeps a bundle if it is among the most similar. */
    void keep(float cosine, int bundle) {
        if (kept == best.length && cosine <= cosines[kept - 1]) {
            return;
        }
        int at = kept < best.length ? kept++ : kept - 1;
        while (at > 0 && cosine > cosines[at - 1]) {
            cosines[at] = cosines[at - 1];
            best[at] = best[at - 1];
            at--;
        }
        cosines[at] = cosine;
        best[at] = bundle;
    }

    ContentNeighbors kept() {
        return new ContentNeighbors(Arrays.copyOf(best, kept), Arrays.copyOf(cosines, kept));
    }
}
