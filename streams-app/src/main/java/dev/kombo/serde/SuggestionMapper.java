package dev.kombo.serde;

import dev.kombo.learning.mining.SuggestionIndex;
import dev.kombo.learning.mining.SuggestionIndex.Suggestion;
import dev.kombo.schema.BundleSuggestion;
import dev.kombo.schema.SuggestedMember;
import dev.kombo.schema.SuggestionDecision;
import dev.kombo.schema.SuggestionVerdict;
import java.util.List;

/** Maps suggested bundles and the decisions on them from Avro records to the domain. */
public final class SuggestionMapper {
    private static final RecordCodec<Suggestion, BundleSuggestion> CODEC = RecordCodec.of(
            Suggestion.class,
            BundleSuggestion.class,
            new RecordCodec.Exceptions()
                    .named("bundle.id", "bundleId")
                    .kept(
                            "bundle.members",
                            new RecordCodec.Conversion(members -> members, members -> itemIds(members))));

    private SuggestionMapper() {}

    private static List<String> itemIds(Object members) {
        return ((List<?>) members)
                .stream().map(member -> ((SuggestedMember) member).getItemId()).toList();
    }

    public static Suggestion toDomain(BundleSuggestion suggestion) {
        return CODEC.toDomain(suggestion);
    }

    /** Returns the decision, or null if there is none or this version does not know it. */
    public static SuggestionIndex.Decision decision(SuggestionDecision decision) {
        return decision == null || decision.getVerdict() == SuggestionVerdict.UNKNOWN
                ? null
                : SuggestionIndex.Decision.valueOf(decision.getVerdict().name());
    }
}
