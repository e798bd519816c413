package dev.kombo.learning.mining;

/**
 * A mined bundle as it was suggested.
 *
 * @param bundle the bundle
 * @param suggestedAt epoch milliseconds of events
 * @param approved whether it entered the catalogue at once
 */
public record Suggestion(MinedBundle bundle, long suggestedAt, boolean approved) {
    /** The order of suggestions: support * ln(lift), as in {@link BundleMiner}. */
    double rank() {
        return bundle.support() * Math.log(bundle.lift());
    }
}
