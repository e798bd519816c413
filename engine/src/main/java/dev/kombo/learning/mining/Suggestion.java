package dev.kombo.learning.mining;

/**
 * A mined bundle as it was suggested.
 *
 * @param bundle what was found
 * @param suggestedAt epoch milliseconds of events
 * @param approved whether it went into the catalogue at once
 */
public record Suggestion(MinedBundle bundle, long suggestedAt, boolean approved) {
    /** What suggestions are ordered by: support * ln(lift), as {@link BundleMiner} does. */
    double rank() {
        return bundle.support() * Math.log(bundle.lift());
    }
}
