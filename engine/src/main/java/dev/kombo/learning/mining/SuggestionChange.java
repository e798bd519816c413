package dev.kombo.learning.mining;

/**
 * A decision on one mined bundle: what becomes of its suggestion, and what becomes of its entry in the catalogue.
 *
 * @param bundle with the evidence that is told
 * @param suggestedAt epoch milliseconds of events
 * @param suggestion what becomes of the suggestion
 * @param catalog what becomes of the catalogue's entry
 */
public record SuggestionChange(MinedBundle bundle, long suggestedAt, Suggested suggestion, Entry catalog) {
    /** What becomes of a suggestion. */
    public enum Suggested {
        /** It waits for a person's decision. */
        OPEN,
        /** It needs no person's decision. */
        APPROVED,
        WITHDRAWN
    }

    /** What becomes of an entry of the catalogue. */
    public enum Entry {
        UNCHANGED,
        ADDED,
        REMOVED
    }

    /** The bundle enters the catalogue without a person's decision. */
    static SuggestionChange offer(MinedBundle bundle, long suggestedAt) {
        return new SuggestionChange(bundle, suggestedAt, Suggested.APPROVED, Entry.ADDED);
    }

    /** The bundle is suggested, or its evidence is told again. */
    static SuggestionChange suggest(MinedBundle bundle, long suggestedAt, boolean approved) {
        return new SuggestionChange(
                bundle, suggestedAt, approved ? Suggested.APPROVED : Suggested.OPEN, Entry.UNCHANGED);
    }

    /** The bundle leaves the catalogue and stays a suggestion. */
    static SuggestionChange demote(MinedBundle bundle, long suggestedAt) {
        return new SuggestionChange(bundle, suggestedAt, Suggested.OPEN, Entry.REMOVED);
    }

    /** The suggestion is withdrawn. */
    static SuggestionChange withdraw(SuggestionIndex.Suggestion suggestion, boolean offered) {
        return new SuggestionChange(
                suggestion.bundle(),
                suggestion.suggestedAt(),
                Suggested.WITHDRAWN,
                offered ? Entry.REMOVED : Entry.UNCHANGED);
    }

    /** The suggestion as it is told. */
    public SuggestionIndex.Suggestion told() {
        return new SuggestionIndex.Suggestion(bundle, suggestedAt, suggestion == Suggested.APPROVED);
    }
}
