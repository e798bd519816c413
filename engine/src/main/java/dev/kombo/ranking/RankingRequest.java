package dev.kombo.ranking;

import dev.kombo.profile.Behavior;
import dev.kombo.settings.Range;
import java.util.Set;

/**
 * A question to the ranker.
 *
 * @param behavior the shopper; read only
 * @param trigger {@link dev.kombo.catalog.Target} of the item or bundle that caused the offer, or null
 * @param segments segments the shopper is in
 * @param excluded ids of bundles to leave out
 * @param placement where it is meant to be shown
 * @param now time of the trigger, epoch milliseconds
 * @param eventHash hash of the trigger's event id, from which random choices are drawn
 * @param size most bundles of the slate, at least 1
 * @param ranker what ranks
 * @param goal what the slate is chosen for
 */
public record RankingRequest(
        Behavior behavior,
        String trigger,
        Set<String> segments,
        Set<String> excluded,
        String placement,
        long now,
        long eventHash,
        int size,
        Ranker ranker,
        SlateGoal goal) {
    /** Refuses what cannot be answered. */
    public RankingRequest {
        Range.require("size", size, 1, 1000);
    }
}
