package dev.kombo.engine.shopper;

import dev.kombo.catalog.StableHash;
import dev.kombo.experiment.Enrollment.Assignment;
import dev.kombo.experiment.OfferPolicy.ArmRanker;
import dev.kombo.ranking.slate.Decision;

/**
 * A record of the topic decision-log: a ranking decision and the offer made from it, or, in the holdout,
 * the offer that the first treatment would have made.
 *
 * @param offerId the offer
 * @param assignment experiment and arm
 * @param placement where it is meant to be shown
 * @param ranker which weights were used
 * @param sameForAllGoals whether the same learned weights rank for all goals; otherwise relevance has its own
 * @param modelVersion version of the ranker's weights
 * @param offeredAt when it was offered, epoch milliseconds
 * @param closesAt when no more purchases are attributed to it, epoch milliseconds
 * @param decision the candidates and how the slate was chosen
 */
public record LoggedDecision(
        String offerId,
        Assignment assignment,
        String placement,
        ArmRanker ranker,
        boolean sameForAllGoals,
        long modelVersion,
        long offeredAt,
        long closesAt,
        Decision decision) {
    private static final long SALT = StableHash.of("decision-log");

    /**
     * Whether an offer is in the sample, drawn by its id, so that a retry draws alike.
     *
     * @param share sampling rate, 0 to 1
     */
    static boolean drawn(String offerId, double share) {
        return share > 0 && StableHash.unit(StableHash.combine(SALT, StableHash.of(offerId))) < share;
    }
}
