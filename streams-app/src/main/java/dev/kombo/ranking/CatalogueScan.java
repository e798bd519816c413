package dev.kombo.ranking;

import dev.kombo.catalog.BundleEntry;
import java.util.Arrays;

/**
 * Picks the best of many bundles by the two signals that are cheap and say most, taste and popularity, each standardised
 * over the bundles scanned. Touched by one thread.
 */
final class CatalogueScan {
    private final TopSelection selection = new TopSelection();
    private BundleEntry[] entries = new BundleEntry[64];
    private float[] cosines = new float[64];
    private float[] popularities = new float[64];
    private float[] standardCosines = new float[64];
    private float[] standardPopularities = new float[64];
    private int size;
    private float cosineWeight;
    private float popularityWeight;
    private float scale;
    private double reference;

    /** Starts a scan. */
    void begin(ShopperView view, float[] weights) {
        size = 0;
        cosineWeight = weights[Signal.COSINE.ordinal()];
        popularityWeight = weights[Signal.POPULARITY_LONG.ordinal()];
        scale = view.factorNorm() > 0 ? 1 / view.factorNorm() : 0f;
        reference = view.decayLong();
    }

    /** Adds a bundle. */
    void add(BundleEntry entry, ShopperView view) {
        if (size == entries.length) {
            int length = 2 * size;
            entries = Arrays.copyOf(entries, length);
            cosines = Arrays.copyOf(cosines, length);
            popularities = Arrays.copyOf(popularities, length);
            standardCosines = new float[length];
            standardPopularities = new float[length];
        }
        entries[size] = entry;
        cosines[size] = cosineWeight == 0 || !(entry.norm() > 0)
                ? 0f
                : SignalCalculator.dot(entry, view) * scale / entry.norm();
        popularities[size] = Softplus.of(entry.logPopularityLong() - reference);
        size++;
    }

    /** Adds the best to the candidates, at most {@code room}. */
    void best(int room, Candidates candidates) {
        if (size <= room) {
            for (int i = 0; i < size; i++) {
                candidates.add(entries[i]);
            }
            return;
        }
        Standardizer.standardize(cosines, standardCosines, size);
        Standardizer.standardize(popularities, standardPopularities, size);
        selection.reset(room);
        for (int i = 0; i < size; i++) {
            float score = cosineWeight * standardCosines[i] + popularityWeight * standardPopularities[i];
            selection.offer(score, entries[i].hash(), i);
        }
        for (int i = 0; i < selection.size(); i++) {
            candidates.add(entries[selection.ordinal(i)]);
        }
    }
}
