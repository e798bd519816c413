package dev.kombo.attribution;

import dev.kombo.experiment.Assignment;

/**
 * What an outcome is attributed to: an arm of an experiment, an offer in it, or a position of that offer.
 *
 * @param assignment experiment and arm
 * @param offerId the offer; null where the arm is meant
 * @param placement where the offer was shown; null where the arm is meant
 * @param bundleId the bundle; null where the whole slate or the arm is meant
 * @param rank rank of the bundle in the slate; 0 where there is none
 * @param propensity probability logged with the offer; 0 where there is none
 */
public record OutcomeScope(
        Assignment assignment, String offerId, String placement, String bundleId, int rank, double propensity) {

    static OutcomeScope of(Assignment assignment) {
        return new OutcomeScope(assignment, null, null, null, 0, 0);
    }

    static OutcomeScope of(OpenOffer offer) {
        return new OutcomeScope(offer.assignment(), offer.offerId(), offer.placement(), null, 0, 0);
    }

    static OutcomeScope of(OpenOffer offer, OfferedBundle bundle) {
        return new OutcomeScope(
                offer.assignment(),
                offer.offerId(),
                offer.placement(),
                bundle.bundleId(),
                bundle.rank(),
                bundle.propensity());
    }
}
