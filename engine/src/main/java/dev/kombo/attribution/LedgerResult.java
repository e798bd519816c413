package dev.kombo.attribution;

import java.util.ArrayList;
import java.util.List;

/**
 * The results of one change of the ledger.
 *
 * @param outcomes to be published, in this order
 * @param engagement changes of the engagement counts of the bundles offered
 * @param unmatched feedback that could not be matched to an offer
 */
public record LedgerResult(
        List<Outcome> outcomes, List<EngagementChange> engagement, List<UnmatchedFeedback> unmatched) {
    /** Nothing to publish; the ledger may have changed nevertheless. */
    public static final LedgerResult NONE = new LedgerResult(List.of(), List.of(), List.of());

    /** Collects the results of one change of a ledger; allocates nothing while there are none. */
    static final class Collector {
        private List<Outcome> outcomes;
        private List<EngagementChange> engagement;
        private List<UnmatchedFeedback> unmatched;

        void add(Outcome outcome) {
            if (outcomes == null) {
                outcomes = new ArrayList<>(2);
            }
            outcomes.add(outcome);
        }

        void engage(EngagementChange change) {
            if (engagement == null) {
                engagement = new ArrayList<>(4);
            }
            engagement.add(change);
        }

        void lose(Feedback feedback, UnmatchedFeedback.Cause reason) {
            if (unmatched == null) {
                unmatched = new ArrayList<>(2);
            }
            unmatched.add(new UnmatchedFeedback(feedback, reason));
        }

        /** Returns what was collected and clears it. */
        LedgerResult take() {
            if (outcomes == null && engagement == null && unmatched == null) {
                return LedgerResult.NONE;
            }
            LedgerResult result = new LedgerResult(
                    outcomes == null ? List.of() : outcomes,
                    engagement == null ? List.of() : engagement,
                    unmatched == null ? List.of() : unmatched);
            outcomes = null;
            engagement = null;
            unmatched = null;
            return result;
        }
    }
}
