package dev.kombo.serde;

import dev.kombo.learning.MinedBundle;
import dev.kombo.learning.Suggestion;
import dev.kombo.learning.SuggestionIndex;
import dev.kombo.schema.BundleSuggestion;
import dev.kombo.schema.SuggestedMember;
import dev.kombo.schema.SuggestionDecision;
import dev.kombo.schema.SuggestionVerdict;

/** Suggested bundles and decisions on them: contract to domain. */
public final class SuggestionMapper {
    private SuggestionMapper() {}

    /** A suggestion in domain terms. */
    public static Suggestion toDomain(BundleSuggestion suggestion) {
        MinedBundle bundle = new MinedBundle(
                suggestion.getBundleId(),
                suggestion.getMembers().stream().map(SuggestedMember::getItemId).toList(),
                suggestion.getSupport(),
                suggestion.getOrders(),
                suggestion.getLift(),
                suggestion.getLiftLower(),
                suggestion.getPriceMinor(),
                suggestion.getListPriceMinor(),
                suggestion.getCurrency());
        return new Suggestion(bundle, suggestion.getSuggestedAt(), suggestion.getApproved());
    }

    /** What was decided, or null where that is nothing, or nothing that this version knows. */
    public static SuggestionIndex.Decision decision(SuggestionDecision decision) {
        return decision == null || decision.getVerdict() == SuggestionVerdict.UNKNOWN
                ? null
                : SuggestionIndex.Decision.valueOf(decision.getVerdict().name());
    }
}
