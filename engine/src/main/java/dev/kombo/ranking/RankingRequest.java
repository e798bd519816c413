package dev.kombo.ranking;

import dev.kombo.profile.Behavior;
import dev.kombo.settings.Range;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request for a slate: shopper, occasion, and goal.
 *
 * @param behavior the shopper; read only
 * @param trigger {@link dev.kombo.entity.Entity} of the item or bundle that triggered the offer, or null
 * @param excluded ids of bundles to leave out
 * @param placement where it is meant to be shown
 * @param now time of the trigger, epoch milliseconds
 * @param size most bundles of the slate, at least 1
 * @param ranker the ranker
 * @param goal the goal of the slate
 */
public record RankingRequest(
        Behavior behavior,
        @Nullable String trigger,
        Set<String> excluded,
        String placement,
        long now,
        int size,
        Ranker ranker,
        SlateGoal goal) {
    private static final int LARGEST_SLATE = 1000;

    /** Validates the request. */
    public RankingRequest {
        Range.require("size", size, 1, LARGEST_SLATE);
    }
}
