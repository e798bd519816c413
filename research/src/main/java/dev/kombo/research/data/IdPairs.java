package dev.kombo.research.data;

import java.util.Arrays;
import java.util.List;

/**
 * Pairs of numbered entities, such as users and the bundles they took. Immutable by convention: the arrays are shared
 * and must not be written.
 *
 * @param first one side of each pair
 * @param second the other side of each pair; of the same length
 */
public record IdPairs(int[] first, int[] second) {
    /** Returns pairs from arrays of two numbers. */
    static IdPairs of(List<int[]> pairs) {
        return new IdPairs(
                pairs.stream().mapToInt(pair -> pair[0]).toArray(),
                pairs.stream().mapToInt(pair -> pair[1]).toArray());
    }

    /** Number of pairs. */
    public int size() {
        return first.length;
    }

    /**
     * Returns the second sides of each first side, ascending and each once; empty if there are none.
     *
     * @param count number of entities on the first side
     */
    public int[][] byFirst(int count) {
        int[] sizes = new int[count];
        for (int one : first) {
            sizes[one]++;
        }
        int[][] grouped = new int[count][];
        Arrays.setAll(grouped, one -> new int[sizes[one]]);
        for (int i = first.length - 1; i >= 0; i--) {
            grouped[first[i]][--sizes[first[i]]] = second[i];
        }
        for (int one = 0; one < count; one++) {
            grouped[one] = Arrays.stream(grouped[one]).sorted().distinct().toArray();
        }
        return grouped;
    }
}
