package dev.kombo.lab.quality.data;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What became of the rows of a file of baskets.
 *
 * @param rows data rows of the file
 * @param lines lines of baskets kept
 * @param merged rows that went into an earlier line of their basket with the same item
 * @param anonymous purchases without a user, left out
 * @param returned rows that take something back, left out
 * @param rejected rows that the replay of the file rejects, by reason, left out
 */
public record BasketCounts(
        long rows, long lines, long merged, long anonymous, long returned, SortedMap<String, Long> rejected) {
    /** Copies the map and checks the sum. */
    public BasketCounts {
        rejected = Collections.unmodifiableSortedMap(new TreeMap<>(rejected));
        long sum = lines
                + merged
                + anonymous
                + returned
                + rejected.values().stream().mapToLong(Long::longValue).sum();
        if (sum != rows) {
            throw new IllegalArgumentException(rows + " rows, but " + sum + " are accounted for");
        }
    }
}
