package dev.kombo.query.page;

import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.query.http.Described;
import dev.kombo.query.source.EndpointHelpers;
import dev.kombo.query.source.Money;
import dev.kombo.schema.BundleOffer;
import dev.kombo.schema.OfferedBundle;
import dev.kombo.schema.Reason;
import java.util.List;

/** An offer that was just made, as JSON. */
record LiveOfferView(
        String offerId,
        @Described("user id, or session id") String id,
        @Described("whether the id is that of a session") boolean session,
        String experiment,
        String arm,
        String placement,
        @Described("epoch milliseconds") long offeredAt,

        @Described("when the prices expire, epoch milliseconds")
        long expiresAt,

        List<Position> bundles) {
    /** A rank of the slate. */
    record Position(
            String bundleId,

            @Described(value = "current title in the catalogue", nullable = true)
            String title,

            @Described("rank in the slate, 1 is the top") int rank,

            @Described(value = "null: offered without a price", nullable = true)
            Money price,

            @Described(value = "likewise", nullable = true) Money saving,

            @Described(
                    "calibrated probability that the shopper buys it next, above 0 up to 1; null: the arm does not compute it")
            Double probability,

            @Described("names of the signals that contribute most to its score")
            List<String> reasons) {}

    static LiveOfferView of(BundleOffer offer, CatalogIndex catalog) {
        boolean session = offer.getUserId() == null;
        return new LiveOfferView(
                offer.getOfferId(),
                session ? offer.getSessionId() : offer.getUserId(),
                session,
                offer.getExperiment(),
                offer.getArm(),
                offer.getPlacement(),
                offer.getOfferedAt(),
                offer.getExpiresAt(),
                offer.getBundles().stream()
                        .map(bundle -> position(bundle, catalog))
                        .toList());
    }

    private static Position position(OfferedBundle bundle, CatalogIndex catalog) {
        return new Position(
                bundle.getBundleId(),
                EndpointHelpers.bundleTitle(catalog, bundle.getBundleId()),
                bundle.getRank(),
                Money.orNull(bundle.getPriceMinor(), bundle.getCurrency()),
                Money.orNull(bundle.getSavingMinor(), bundle.getCurrency()),
                bundle.getProbability() == 0 ? null : bundle.getProbability(),
                bundle.getReasons().stream().map(Reason::getSignal).toList());
    }
}
