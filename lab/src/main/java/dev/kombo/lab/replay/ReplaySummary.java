package dev.kombo.lab.replay;

import java.time.Duration;
import java.util.SortedMap;

/**
 * What a replay came to, for machines.
 *
 * @param rows data rows of the file
 * @param accepted rows that became events which the topology took
 * @param rejected the other rows, by reason
 * @param leftOut rows of the files beside it that could not be used, by name of the file and reason
 * @param bundles bundles put into the catalogue
 * @param offers slates offered
 * @param outcomes outcomes of offers
 * @param seconds time that the replay took
 */
public record ReplaySummary(
        long rows,
        long accepted,
        SortedMap<String, Long> rejected,
        SortedMap<String, Long> leftOut,
        long bundles,
        long offers,
        long outcomes,
        double seconds) {
    /** The summary of an account and of what the topology made of the events. */
    public static ReplaySummary of(ReplayAccount account, long bundles, long offers, long outcomes, Duration took) {
        return new ReplaySummary(
                account.rows(),
                account.accepted(),
                account.rejected(),
                account.leftOut(),
                bundles,
                offers,
                outcomes,
                took.toMillis() / 1e3);
    }
}
