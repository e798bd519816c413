package dev.kombo.catalog.index;

import dev.kombo.math.FactorMath;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Groups the items that have no category by the direction of their factors: spherical k-means (Dhillon, Modha, Machine
 * Learning 42, 2001), with a cluster for {@value #ITEMS} items, at most {@value #MOST}. The centres are those of at
 * most {@value #SAMPLE} items. They depend on the items' hashes and vectors only, so that all instances form the same
 * clusters. Immutable.
 *
 * @param count number of clusters; 0 where there are too few such items
 * @param of cluster of each item, by ordinal; -1: none
 */
record ItemClusters(int count, int[] of) {
    private static final int MOST = 64;
    private static final int ITEMS = 8;
    private static final int SAMPLE = 4_096;
    private static final int ROUNDS = 10;

    static ItemClusters of(FactorIndex factors, Snapshots<ItemEntry> items) {
        Map<Integer, float[]> directions = new LinkedHashMap<>();
        IntStream.range(0, items.size())
                .mapToObj(items::get)
                .filter(item -> item.category() < 0 && item.listed())
                .sorted(Comparator.comparingLong(ItemEntry::hash))
                .forEach(item -> {
                    int slot = factors.slot(item.hash());
                    float[] vector = slot == FactorIndex.UNKNOWN ? null : factors.vector(slot);
                    if (vector != null && vector.length == factors.space().factors()) {
                        float[] direction = vector.clone();
                        if (FactorMath.toUnit(direction)) {
                            directions.put(item.ordinal(), direction);
                        }
                    }
                });
        int[] of = new int[items.size()];
        Arrays.fill(of, -1);
        int count = Math.min(MOST, directions.size() / ITEMS);
        if (count < 2) {
            return new ItemClusters(0, of);
        }
        float[][] all = directions.values().toArray(float[][]::new);
        float[][] sample = spread(all, Math.min(SAMPLE, all.length));
        float[][] centres = Stream.iterate(spread(all, count), from -> moved(from, sample))
                .skip(ROUNDS)
                .findFirst()
                .orElseThrow();
        directions.forEach((item, direction) -> of[item] = nearest(centres, direction));
        return new ItemClusters(count, of);
    }

    /** As many as asked for, evenly over all. */
    private static float[][] spread(float[][] all, int count) {
        float[][] some = new float[count][];
        for (int i = 0; i < count; i++) {
            some[i] = all[(int) ((long) i * all.length / count)];
        }
        return some;
    }

    /** The mean directions of the vectors that are nearest to each centre; one without vectors stays. */
    private static float[][] moved(float[][] centres, float[][] vectors) {
        float[][] sums = new float[centres.length][centres[0].length];
        for (float[] vector : vectors) {
            FactorMath.addScaled(sums[nearest(centres, vector)], 1f, vector);
        }
        for (int c = 0; c < sums.length; c++) {
            sums[c] = FactorMath.toUnit(sums[c]) ? sums[c] : centres[c];
        }
        return sums;
    }

    private static int nearest(float[][] centres, float[] vector) {
        int nearest = 0;
        float closest = Float.NEGATIVE_INFINITY;
        for (int c = 0; c < centres.length; c++) {
            float cosine = FactorMath.dot(centres[c], vector);
            if (cosine > closest) {
                closest = cosine;
                nearest = c;
            }
        }
        return nearest;
    }
}
