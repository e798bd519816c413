package dev.kombo.query;

import dev.kombo.catalog.BundleEntry;
import dev.kombo.catalog.CatalogIndex;
import dev.kombo.schema.OpenBundle;
import dev.kombo.schema.OpenOffer;
import dev.kombo.schema.UserProfile;
import java.util.Comparator;
import java.util.List;

/**
 * The open slate of a shopper, as JSON.
 *
 * @param id user id, or session id
 * @param session whether the id is a session's
 * @param asOf the moment at which the offer has to hold: epoch milliseconds of events
 * @param offer the latest offer whose prices hold at {@code asOf}, or null
 */
record SlateView(String id, boolean session, long asOf, Offer offer) {
    /**
     * An offer.
     *
     * @param offeredAt epoch milliseconds
     * @param expiresAt from then on the prices do not hold: epoch milliseconds
     * @param impressedAt epoch milliseconds, or null: not seen yet
     */
    record Offer(
            String offerId,
            String placement,
            String experiment,
            String arm,
            long offeredAt,
            long expiresAt,
            Long impressedAt,
            List<Position> bundles) {}

    /**
     * A position of the slate.
     *
     * @param title as the catalogue has it now, or null
     * @param rank 1 is the top
     * @param members as they were when offered
     */
    record Position(
            String bundleId,
            String title,
            int rank,
            Money price,
            Money saving,
            boolean clicked,
            boolean dismissed,
            List<MemberView> members) {}

    /**
     * @param at the moment, or null: that of the shopper's last accepted event
     */
    static SlateView of(String id, boolean session, UserProfile profile, Long at, CatalogIndex catalog) {
        long asOf = at == null ? profile.getLastSeen() : at;
        Offer latest = profile.getOffers().stream()
                .filter(offer -> offer.getOfferedAt() <= asOf && asOf < offer.getExpiresAt())
                .max(Comparator.comparingLong(OpenOffer::getOfferedAt))
                .map(offer -> offer(offer, catalog))
                .orElse(null);
        return new SlateView(id, session, asOf, latest);
    }

    private static Offer offer(OpenOffer offer, CatalogIndex catalog) {
        return new Offer(
                offer.getOfferId(),
                offer.getPlacement(),
                offer.getExperiment(),
                offer.getArm(),
                offer.getOfferedAt(),
                offer.getExpiresAt(),
                offer.getImpressedAt() == 0 ? null : offer.getImpressedAt(),
                offer.getBundles().stream()
                        .sorted(Comparator.comparingInt(OpenBundle::getRank))
                        .map(bundle -> position(bundle, catalog))
                        .toList());
    }

    private static Position position(OpenBundle bundle, CatalogIndex catalog) {
        BundleEntry known = catalog.bundle(bundle.getBundleId());
        return new Position(
                bundle.getBundleId(),
                known == null ? null : known.bundle().title(),
                bundle.getRank(),
                new Money(bundle.getPriceMinor(), bundle.getCurrency()),
                new Money(bundle.getSavingMinor(), bundle.getCurrency()),
                bundle.getClickedAt() != 0,
                bundle.getDismissed(),
                bundle.getMembers().stream()
                        .map(member -> MemberView.of(catalog, member.getItemId(), member.getQuantity()))
                        .toList());
    }
}
