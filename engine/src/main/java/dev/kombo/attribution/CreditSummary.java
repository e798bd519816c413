package dev.kombo.attribution;

/**
 * What tells of a stored ledger whether the rest of it must be read.
 *
 * @param waitingDue when the first waiting touch is given up, epoch milliseconds; {@link Long#MAX_VALUE}: none waits
 * @param newestUncredited when the newest of the units and bundles not credited was bought, epoch milliseconds;
 *     {@link Long#MIN_VALUE}: there are none
 */
public record CreditSummary(long waitingDue, long newestUncredited) {
    /** Nothing waits, and all is credited. */
    public static final CreditSummary NONE = new CreditSummary(Long.MAX_VALUE, UnitPool.NEVER);
}
