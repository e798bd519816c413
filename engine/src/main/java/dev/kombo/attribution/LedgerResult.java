package dev.kombo.attribution;

import java.util.ArrayList;
import java.util.List;

/**
 * What one change of a shopper's offer ledger brings about: outcomes to publish, changes of bundles' engagement, and
 * feedback that matches no offer.
 *
 * @param outcomes to be published, in this order
 * @param engagement changes of the engagement counts of the bundles offered
 * @param unmatched feedback that could not be matched to an offer
 */
public record LedgerResult(
        List<Outcome> outcomes, List<EngagementChange> engagement, List<UnmatchedFeedback> unmatched) {
    /** Nothing to publish; the ledger may have changed nevertheless. */
    public static final LedgerResult NONE = new LedgerResult(List.of(), List.of(), List.of());

    /** Collects the results of one change of a ledger. */
    static final class Collector {
        private final List<Outcome> outcomes = new ArrayList<>(0);
        private final List<EngagementChange> engagement = new ArrayList<>(0);
        private final List<UnmatchedFeedback> unmatched = new ArrayList<>(0);

        void add(Outcome outcome) {
            outcomes.add(outcome);
        }

        void engage(EngagementChange change) {
            engagement.add(change);
        }

        void lose(Feedback feedback, UnmatchedFeedback.Cause reason) {
            unmatched.add(new UnmatchedFeedback(feedback, reason));
        }

        /** Returns what was collected and clears it. */
        LedgerResult take() {
            if (outcomes.isEmpty() && engagement.isEmpty() && unmatched.isEmpty()) {
                return NONE;
            }
            LedgerResult result =
                    new LedgerResult(List.copyOf(outcomes), List.copyOf(engagement), List.copyOf(unmatched));
            outcomes.clear();
            engagement.clear();
            unmatched.clear();
            return result;
        }
    }
}
