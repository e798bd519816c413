package dev.kombo.attribution;

import java.util.List;

/**
 * What a change of the ledger led to.
 *
 * @param outcomes to be published, in this order
 * @param responses what there is to learn about the bundles offered
 * @param lost touches that could not be accounted for
 */
public record LedgerResult(List<Outcome> outcomes, List<BundleResponse> responses, List<LostOutcome> lost) {
    /** Nothing to tell; the ledger may have changed nevertheless. */
    public static final LedgerResult NONE = new LedgerResult(List.of(), List.of(), List.of());
}
