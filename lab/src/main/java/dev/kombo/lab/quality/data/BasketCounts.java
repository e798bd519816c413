package dev.kombo.lab.quality.data;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Counts the rows of a file of baskets by result.
 *
 * @param rows data rows of the file
 * @param lines lines of baskets kept
 * @param merged rows merged into an earlier line of their basket with the same item
 * @param leftOut the other rows, by reason: {@code anonymous}, purchases without a user; {@code returned}, rows that
 *     take something back; and those that a replay of the file rejects
 */
public record BasketCounts(long rows, long lines, long merged, SortedMap<String, Long> leftOut) {
    /** Copies the map and checks the sum. */
    public BasketCounts {
        leftOut = Collections.unmodifiableSortedMap(new TreeMap<>(leftOut));
        long sum = lines + merged;
        for (long count : leftOut.values()) {
            sum += count;
        }
        if (sum != rows) {
            throw new IllegalArgumentException(rows + " rows, but " + sum + " are accounted for");
        }
    }
}
