package dev.kombo.engine;

import dev.kombo.catalog.StableHash;
import dev.kombo.experiment.ArmRanker;
import dev.kombo.experiment.Assignment;
import dev.kombo.ranking.slate.Decision;

/**
 * A decision with the offer that came of it: what goes to the topic decision-log.
 *
 * @param offerId the offer
 * @param assignment experiment and arm
 * @param placement where it is meant to be shown
 * @param ranker which weights ranked
 * @param modelVersion version of the ranker's weights
 * @param offeredAt when, epoch milliseconds
 * @param closesAt when no more purchases are attributed to it, epoch milliseconds
 * @param decision what was chosen from, and how
 */
public record LoggedDecision(
        String offerId,
        Assignment assignment,
        String placement,
        ArmRanker ranker,
        long modelVersion,
        long offeredAt,
        long closesAt,
        Decision decision) {
    private static final long SALT = StableHash.of("decision-log");

    /**
     * Whether an offer is one of a share of all: drawn by its id, so that a retry draws alike.
     *
     * @param share 0 to 1
     */
    static boolean drawn(String offerId, double share) {
        return share > 0 && StableHash.unit(StableHash.combine(SALT, StableHash.of(offerId))) < share;
    }
}
