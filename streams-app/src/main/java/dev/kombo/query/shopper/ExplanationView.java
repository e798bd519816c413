package dev.kombo.query.shopper;

import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.engine.event.OfferPreview;
import dev.kombo.experiment.Enrollment.Assignment;
import dev.kombo.query.http.Described;
import dev.kombo.query.source.FilledSlotView;
import dev.kombo.query.source.Money;
import java.util.List;

/** Why a bundle is or is not offered, as JSON. */
record ExplanationView(
        String id,
        boolean session,
        String bundleId,
        String placement,

        @Described("time for which it was ranked, epoch milliseconds of events")
        long asOf,

        @Described(nullable = true) String experiment,

        @Described(value = "arm of the shopper, or the arm that the shopper would be assigned to", nullable = true)
        String arm,

        @Described("name of the ranker of the shopper's arm on this occasion: the kind of the network, or a simpler"
                + " ranker")
        String ranker,

        @Described("version of the ranker's weights; 0: the initial ones")
        long modelVersion,

        @Described("whether a slate made now would contain it")
        boolean offered,

        @Described(value = "why no slate is made: holdout, no-strategy, arm-gone", nullable = true)
        String reason,

        @Described(value = "code of the rule that excludes this bundle", nullable = true)
        String rule,

        @Described("rank in that slate, 1 is the top; null: not in it")
        Integer position,

        @Described("rank among the candidates by score, 1 is the best")
        Integer place,

        @Described("number of candidates, this bundle included")
        int candidates,

        @Described("relevance as a logit; a deep ranker adds to the linear part below")
        Double score,

        @Described(
                value = "probability that the shopper's next choice (put into the cart or bought) is the bundle or in"
                        + " it, 0 to 1; null until the ranker is calibrated: its predictions were right as often"
                        + " as they said, over at least 100 choices",
                nullable = true)
        Double nextChoiceProbability,

        @Described("intercept of the linear part of the score")
        double intercept,

        @Described("what is known of the attributes that kombo.customer.attributes names, such as region=north")
        List<String> attributes,

        List<SignalPart> signals,

        @Described(
                "conditions of its members, as in the reasons of offers; completes:ITEM|ITEM: what the shopper has of"
                        + " it, which the offer leaves out")
        List<String> conditions,

        @Described(value = "price of the bundle with these slots", nullable = true)
        Money price,

        @Described("its slots as they are filled for this shopper; empty without slots, and where one lacks items")
        List<FilledSlotView> filled,

        @Described(value = "name of a slot that lacks items which can be sold; null: none does", nullable = true)
        String unfilled,

        @Described("whether the profile comes from a copy that may lag behind")
        boolean stale) {
    /** One signal's contribution. */
    record SignalPart(
            @Described("as in the reasons of offers") String signal,
            @Described("raw value, in its own unit") double value,

            @Described("value standardised over the candidates")
            double standardized,

            @Described("contribution to the linear part of the score: weight times standardised value")
            double contribution) {}

    static ExplanationView of(
            Shoppers.Found shopper,
            OfferPreview.PreviewRequest previewRequest,
            String bundleId,
            OfferPreview.Explanation explanation,
            CatalogIndex catalog) {
        BundleEntry entry = explanation.bundle();
        Assignment assignment = explanation.assignment();
        return new ExplanationView(
                shopper.id(),
                shopper.session(),
                bundleId,
                previewRequest.placement(),
                previewRequest.now(),
                assignment == null ? null : assignment.experiment(),
                assignment == null ? null : assignment.arm(),
                explanation.ranker(),
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
                previewRequest.shopper().behavior().levels().names(),
                explanation.signals().stream()
                        .map(part -> new SignalPart(
                                part.signal().label(), part.value(), part.standardized(), part.contribution()))
                        .toList(),
                entry == null || entry.conditions() == null
                        ? List.of()
                        : entry.conditions().reasons(),
                entry == null
                        ? null
                        : Money.orNull(entry.priceMinor(), entry.bundle().currency()),
                entry == null
                        ? List.of()
                        : FilledSlotView.of(explanation.slots(), entry.bundle().currency(), catalog),
                entry == null ? null : entry.fill().unfilled(),
                shopper.stale());
    }

    private static Double numberOrNull(double number) {
        return Double.isNaN(number) ? null : number;
    }
}
