package dev.kombo.lab.replay;

import java.util.SortedMap;

/**
 * What a replay came to, for machines.
 *
 * @param rows data rows of the file
 * @param accepted rows that became events which the topology took
 * @param rejected the other rows, by reason
 * @param bundles bundles put into the catalogue
 * @param offers slates offered
 * @param outcomes outcomes of offers
 * @param seconds time that the replay took
 */
public record ReplaySummary(
        long rows,
        long accepted,
        SortedMap<String, Long> rejected,
        long bundles,
        long offers,
        long outcomes,
        double seconds) {
    /** The summary of a result and of what the topology made of it. */
    public static ReplaySummary of(ReplayResult result, long bundles, long offers, long outcomes) {
        ReplayAccount account = result.account();
        return new ReplaySummary(
                account.rows(),
                account.accepted(),
                account.rejected(),
                bundles,
                offers,
                outcomes,
                result.took().toMillis() / 1e3);
    }
}
