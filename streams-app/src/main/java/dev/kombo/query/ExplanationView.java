package dev.kombo.query;

import dev.kombo.engine.OfferPreview;
import dev.kombo.experiment.Assignment;
import dev.kombo.query.http.Described;
import java.util.List;

/** Why a bundle is or is not offered, as JSON. */
record ExplanationView(
        String id,
        boolean session,
        String bundleId,
        String placement,
        @Described("the moment it was ranked for, epoch milliseconds of events") long asOf,
        @Described(nullable = true) String experiment,
        @Described(value = "the arm that the shopper is in or would enter", nullable = true) String arm,
        @Described("version of the ranker's weights; 0: those that Kombo starts with") long modelVersion,
        @Described("whether it would be in the slate that would be offered now") boolean offered,
        @Described(value = "why nothing at all is offered: holdout, no-strategy, arm-gone", nullable = true)
                String reason,
        @Described(value = "code of the rule that keeps this bundle from being offered", nullable = true) String rule,
        @Described("position in that slate, 1 being the top; null: not in it") Integer position,
        @Described("place among the candidates by score, 1 being the best") Integer place,
        @Described("bundles that it was compared with, itself included") int candidates,
        @Described("relevance as a logit; a deep ranker adds to the linear part below") Double score,
        @Described("calibrated probability that it is wanted, 0 to 1") Double probability,
        @Described("what the linear part of the score begins with") double intercept,
        List<Part> signals,
        @Described("whether the profile comes from a copy that may be behind") boolean stale) {
    /** One signal's contribution. */
    record Part(
            @Described("as in the reasons of offers") String signal,
            @Described("as measured, in its own unit") double value,
            @Described("over the candidates") double standardized,
            @Described("to the linear part of the score: weight times standardised value") double contribution) {}

    static ExplanationView of(
            Shoppers.Found shopper,
            OfferPreview.Occasion occasion,
            String bundleId,
            OfferPreview.Explanation explanation) {
        Assignment assignment = explanation.assignment();
        return new ExplanationView(
                shopper.id(),
                shopper.session(),
                bundleId,
                occasion.placement(),
                occasion.now(),
                assignment == null ? null : assignment.experiment(),
                assignment == null ? null : assignment.arm(),
                explanation.modelVersion(),
                explanation.position() > 0,
                explanation.reason(),
                explanation.exclusion() == null ? null : explanation.exclusion().code(),
                explanation.position() > 0 ? explanation.position() : null,
                explanation.place() > 0 ? explanation.place() : null,
                explanation.candidates(),
                numberOrNull(explanation.score()),
                numberOrNull(explanation.probability()),
                explanation.intercept(),
                explanation.signals().stream()
                        .map(part ->
                                new Part(part.signal().label(), part.value(), part.standardized(), part.contribution()))
                        .toList(),
                shopper.stale());
    }

    private static Double numberOrNull(double number) {
        return Double.isNaN(number) ? null : number;
    }
}
