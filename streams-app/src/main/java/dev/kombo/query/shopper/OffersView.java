package dev.kombo.query.shopper;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kombo.attribution.OfferedBundle;
import dev.kombo.query.http.Described;
import dev.kombo.schema.BundleOffer;
import dev.kombo.serde.OfferJson;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The open offer of a shopper, or a preview of one, as JSON. */
record OffersView(
        @Described("user id, or session id") String id,
        boolean session,

        @Described("time for which the offer was looked up, epoch milliseconds of events")
        long asOf,

        @Described(
                value = "the latest offer with valid prices, if any of its bundles is still valid, with what is stored"
                        + " of it: without the policy, the trigger, and the scores and reasons of its bundles",
                nullable = true,
                avro = BundleOffer.class)
        JsonNode offer,

        @Described("when the offer was first seen, epoch milliseconds; null: not seen yet, or no offer")
        Long impressedAt,

        @Described("ids of the offer's bundles that were clicked")
        List<String> clicked,

        @Described("ids of the offer's bundles that were dismissed")
        List<String> dismissed,

        @Described("ids of the offer's bundles that must no longer be shown: they were stopped or removed, or contain"
                + " what the shopper now holds")
        List<String> ended,

        @Described(
                value = "if there is no offer: what would be offered now, without an id, a trigger and an end, since"
                        + " nothing is recorded or attributed",
                nullable = true,
                avro = BundleOffer.class)
        JsonNode preview,

        @Described(
                value = "if nothing would be offered: why, which is holdout, no-strategy, arm-gone, no-candidates,"
                        + " not-worth-offering, or the code of the rule that removed most bundles",
                nullable = true)
        String reason,

        @Described("whether it comes from a copy that may lag behind")
        boolean stale) {
    /**
     * Returns the view of a shopper.
     *
     * @param shown the offer that may be shown; null: none
     * @param preview what would be offered; null where there is an offer, or that is nothing
     * @param reason why nothing would be offered, or null
     */
    static OffersView of(
            Shoppers.Found found,
            long asOf,
            @Nullable ShownOffer shown,
            @Nullable JsonNode preview,
            @Nullable String reason) {
        return new OffersView(
                found.id(),
                found.session(),
                asOf,
                shown == null ? null : OfferJson.open(shown.offer()),
                shown == null || shown.open().impressedAt() == 0
                        ? null
                        : shown.open().impressedAt(),
                ids(shown, bundle -> bundle.clickedAt() != 0),
                ids(shown, OfferedBundle::dismissed),
                shown == null ? List.of() : shown.ended(),
                preview,
                reason,
                found.stale());
    }

    private static List<String> ids(@Nullable ShownOffer shown, Predicate<OfferedBundle> which) {
        List<OfferedBundle> bundles = shown == null ? List.of() : shown.open().bundles();
        return bundles.stream().filter(which).map(OfferedBundle::bundleId).toList();
    }
}
