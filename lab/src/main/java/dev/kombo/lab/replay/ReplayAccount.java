package dev.kombo.lab.replay;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What became of the rows of a file, each counted once.
 *
 * @param rows data rows of the file
 * @param accepted rows that are events which the topology took
 * @param rejected the other rows, by reason
 */
public record ReplayAccount(long rows, long accepted, SortedMap<String, Long> rejected) {
    /**
     * Checks the sum.
     *
     * @throws ReplayException when {@code rows} is not {@code accepted} and all rejections together
     */
    public ReplayAccount(long rows, long accepted, SortedMap<String, Long> rejected) {
        this.rows = rows;
        this.accepted = accepted;
        this.rejected = Collections.unmodifiableSortedMap(new TreeMap<>(rejected));
        if (rows != accepted + sum(rejected)) {
            throw new ReplayException("the account does not add up: %d rows, but %d accepted and %d rejected %s"
                    .formatted(rows, accepted, sum(rejected), rejected));
        }
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
