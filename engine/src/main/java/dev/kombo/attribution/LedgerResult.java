package dev.kombo.attribution;

import java.util.ArrayList;
import java.util.List;

/**
 * The results of one change of the ledger.
 *
 * @param outcomes to be published, in this order
 * @param responses changes of the engagement counts of the bundles offered
 * @param unmatched feedback that could not be matched to an offer
 */
public record LedgerResult(List<Outcome> outcomes, List<BundleResponse> responses, List<UnmatchedFeedback> unmatched) {
    /** Nothing to publish; the ledger may have changed nevertheless. */
    public static final LedgerResult NONE = new LedgerResult(List.of(), List.of(), List.of());

    /** Collects the results of one change of a ledger; allocates nothing while there are none. */
    static final class Collector {
        private List<Outcome> outcomes;
        private List<BundleResponse> responses;
        private List<UnmatchedFeedback> unmatched;

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

        void lose(Feedback feedback, UnmatchedFeedback.Cause reason) {
            if (unmatched == null) {
                unmatched = new ArrayList<>(2);
            }
            unmatched.add(new UnmatchedFeedback(feedback, reason));
        }

        /** Returns what was collected and clears it. */
        LedgerResult take() {
            if (outcomes == null && responses == null && unmatched == null) {
                return LedgerResult.NONE;
            }
            LedgerResult result = new LedgerResult(
                    outcomes == null ? List.of() : outcomes,
                    responses == null ? List.of() : responses,
                    unmatched == null ? List.of() : unmatched);
            outcomes = null;
            responses = null;
            unmatched = null;
            return result;
        }
    }
}
