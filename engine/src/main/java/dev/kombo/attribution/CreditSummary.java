package dev.kombo.attribution;

/**
 * Says whether the rest of a stored ledger must be read.
 *
 * @param waitingDue when the first waiting feedback is given up, epoch milliseconds; {@link Long#MAX_VALUE}: none waits
 * @param newestUncredited purchase time of the most recent uncredited unit or bundle, epoch milliseconds; {@link
 *     Long#MIN_VALUE}: there are none
 */
public record CreditSummary(long waitingDue, long newestUncredited) {
    /** Nothing waits, and everything is credited. */
    public static final CreditSummary NONE = new CreditSummary(Long.MAX_VALUE, UnattributedUnits.NEVER);
}
