package dev.kombo.attribution;

import java.util.List;

/**
 * The results of one change of the ledger.
 *
 * @param outcomes to be published, in this order
 * @param responses changes of the engagement counts of the bundles offered
 * @param lost feedback that could not be matched to an offer
 */
public record LedgerResult(List<Outcome> outcomes, List<BundleResponse> responses, List<LostOutcome> lost) {
    /** Nothing to publish; the ledger may have changed nevertheless. */
    public static final LedgerResult NONE = new LedgerResult(List.of(), List.of(), List.of());
}
