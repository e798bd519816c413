package dev.kombo.attribution;

import java.util.ArrayList;
import java.util.List;

/**
 * The results of one change of the ledger.
 *
 * @param outcomes to be published, in this order
 * @param responses changes of the engagement counts of the bundles offered
 * @param lost feedback that could not be matched to an offer
 */
public record LedgerResult(List<Outcome> outcomes, List<BundleResponse> responses, List<UnmatchedFeedback> lost) {
    /** Nothing to publish; the ledger may have changed nevertheless. */
    public static final LedgerResult NONE = new LedgerResult(List.of(), List.of(), List.of());

    /** Collects the results of one change of a ledger; allocates nothing while there are none. */
    static final class Collector {
        private List<Outcome> outcomes;
        private List<BundleResponse> responses;
        private List<UnmatchedFeedback> lost;

        void add(Outcome outcome) {
            if (outcomes == null) {
                outcomes = new ArrayList<>(2);
            }
            outcomes.add(outcome);
        }

        void respond(BundleResponse response) {
            if (responses == null) {
                responses = new ArrayList<>(4);
            }
            responses.add(response);
        }

        void lose(Feedback feedback, UnmatchedFeedback.Reason reason) {
            if (lost == null) {
                lost = new ArrayList<>(2);
            }
            lost.add(new UnmatchedFeedback(feedback, reason));
        }

        /** Returns what was collected and clears it. */
        LedgerResult take() {
            if (outcomes == null && responses == null && lost == null) {
                return LedgerResult.NONE;
            }
            LedgerResult result = new LedgerResult(
                    outcomes == null ? List.of() : outcomes,
                    responses == null ? List.of() : responses,
                    lost == null ? List.of() : lost);
            outcomes = null;
            responses = null;
            lost = null;
            return result;
        }
    }
}
