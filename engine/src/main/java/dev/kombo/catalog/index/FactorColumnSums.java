package dev.kombo.catalog.index;

import dev.kombo.math.FactorMath;
import java.util.HashMap;
import java.util.Map;

/**
 * Adds up, for each item and bundle, what the item tasks of all partitions contribute to its factor vector. An item
 * task knows only the rows of its own partition, so each reports the sums of its last sweep, and the reports are added
 * up here. A report becomes visible as a whole: it replaces the partition's earlier one when the sweep has ended. One
 * thread writes, any thread reads.
 */
public final class FactorColumnSums {
    private final int factors;
    private volatile Map<Integer, Map<Long, float[]>> parts = Map.of();
    private final Map<Integer, Map<Long, float[]>> arriving = new HashMap<>();

    /**
     * @param factors length of the columns; longer ones are cut
     */
    FactorColumnSums(int factors) {
        this.factors = factors;
    }

    /** Stores a column of a partition whose sweep is running, by the first bits of the entity's hash; not copied. */
    public void put(int partition, long prefix, float[] column) {
        arriving.computeIfAbsent(partition, none -> new HashMap<>()).put(prefix, FactorMath.cut(column, factors));
    }

    /** Ends the sweep of a partition: its reported columns become visible. */
    public void end(int partition) {
        Map<Integer, Map<Long, float[]>> next = new HashMap<>(parts);
        Map<Long, float[]> reported = arriving.remove(partition);
        next.put(partition, reported == null ? Map.of() : reported);
        parts = Map.copyOf(next);
    }

    /**
     * Adds the column of an entity times a weight.
     *
     * @param prefix first bits of its hash
     * @return false where no partition has one: nothing was added
     */
    public boolean addTo(long prefix, float weight, float[] sum) {
        boolean any = false;
        for (Map<Long, float[]> part : parts.values()) {
            float[] column = part.get(prefix);
            if (column != null && column.length == sum.length) {
                any = true;
                FactorMath.addScaled(sum, weight, column);
            }
        }
        return any;
    }
}
