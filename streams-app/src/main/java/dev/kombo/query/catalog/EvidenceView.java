package dev.kombo.query.catalog;

import dev.kombo.learning.mining.MinedBundle;
import dev.kombo.learning.mining.SuggestionIndex;
import dev.kombo.query.http.Described;

/** Why a bundle was mined, as JSON: how often its members were bought together. */
record EvidenceView(
        @Described("closed orders with all members, and with a slot one of its items, except those that contain an"
                + " offer of it")
        long support,

        @Described("closed orders when that was counted") long orders,

        @Described("support divided by the number expected for independent purchases")
        double lift,

        @Described("lower confidence bound on the lift") double liftLower) {
    /** Returns the evidence of a bundle; null if it was not mined. */
    static EvidenceView orNull(SuggestionIndex suggestions, String bundleId) {
        SuggestionIndex.Suggestion suggestion = suggestions.suggestion(bundleId);
        return suggestion == null ? null : of(suggestion.bundle());
    }

    static EvidenceView of(MinedBundle mined) {
        return new EvidenceView(mined.support(), mined.orders(), mined.lift(), mined.liftLower());
    }
}
