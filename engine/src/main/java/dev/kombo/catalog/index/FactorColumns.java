package dev.kombo.catalog.index;

import java.util.HashMap;
import java.util.Map;

/**
 * What the rows of other targets say of each target, as the last sweep of each partition told: a part a partition, whose
 * sum counts. A part is whole or not there: it takes the place of the one before when its sweep has ended. One thread
 * writes, any thread reads.
 */
public final class FactorColumns {
    private volatile Map<Integer, Map<Long, float[]>> parts = Map.of();
    private final Map<Integer, Map<Long, float[]>> arriving = new HashMap<>();

    /** Takes in a column of a partition whose sweep goes on, by the first bits of the target's hash; not copied. */
    public void put(int partition, long prefix, float[] column) {
        arriving.computeIfAbsent(partition, none -> new HashMap<>()).put(prefix, column);
    }

    /** The sweep of a partition has ended: what it told is what counts. */
    public void end(int partition) {
        Map<Integer, Map<Long, float[]>> next = new HashMap<>(parts);
        Map<Long, float[]> told = arriving.remove(partition);
        next.put(partition, told == null ? Map.of() : told);
        parts = Map.copyOf(next);
    }

    /**
     * Adds the column of a target times a weight.
     *
     * @param prefix first bits of its hash
     * @return false where no partition knows any: nothing was added
     */
    public boolean addTo(long prefix, float weight, float[] sum) {
        boolean any = false;
        for (Map<Long, float[]> part : parts.values()) {
            float[] column = part.get(prefix);
            if (column != null && column.length == sum.length) {
                any = true;
                for (int k = 0; k < sum.length; k++) {
                    sum[k] += weight * column[k];
                }
            }
        }
        return any;
    }
}
