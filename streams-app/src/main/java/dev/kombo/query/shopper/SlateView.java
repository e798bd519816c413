package dev.kombo.query.shopper;

import dev.kombo.attribution.OfferedBundle;
import dev.kombo.attribution.OpenOffer;
import dev.kombo.catalog.Bundle;
import dev.kombo.catalog.index.BundleConditions;
import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.engine.shopper.OfferPreview;
import dev.kombo.profile.Holdings;
import dev.kombo.query.http.Described;
import dev.kombo.query.source.EndpointHelpers;
import dev.kombo.query.source.MemberView;
import dev.kombo.query.source.Money;
import dev.kombo.ranking.Slate.RankedBundle;
import dev.kombo.ranking.rules.HoldingRules;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The open slate of a shopper, or a preview of one, as JSON. */
public record SlateView(
        @Described("user id, or session id") String id,
        boolean session,

        @Described("time for which the offer was looked up, epoch milliseconds of events")
        long asOf,

        @Described(value = "the latest offer with valid prices, if any of its bundles is still valid", nullable = true)
        Offer offer,

        @Described(value = "if there is no offer: what would be offered now", nullable = true)
        Preview preview,

        @Described("whether it comes from a copy that may lag behind")
        boolean stale) {
    /** An offer. */
    public record Offer(
            String offerId,
            String placement,
            String experiment,
            String arm,
            @Described("epoch milliseconds") long offeredAt,

            @Described("when the prices expire, epoch milliseconds")
            long expiresAt,

            @Described("epoch milliseconds; null: not seen yet")
            Long impressedAt,

            List<Position> bundles,

            @Described(
                    "ids of its bundles that must no longer be shown: they were stopped or removed, or contain what the shopper now holds")
            List<String> ended) {}

    /** A rank of the slate. */
    public record Position(
            String bundleId,

            @Described(value = "current title in the catalogue", nullable = true)
            String title,

            @Described("rank in the slate, 1 is the top") int rank,

            @Described(value = "null: offered without a price", nullable = true)
            Money price,

            @Described(value = "likewise", nullable = true) Money saving,
            boolean clicked,
            boolean dismissed,
            @Described("members at the time of the offer") List<MemberView> members) {}

    /** A slate that would be offered: without an id, since nothing is recorded or attributed. */
    record Preview(
            @Described(nullable = true) String experiment,

            @Described(value = "arm of the shopper, or the arm that the shopper would be assigned to", nullable = true)
            String arm,

            @Described("version of the ranker's weights; 0: the initial ones")
            long modelVersion,

            @Described(
                    value = "why the slate is empty: holdout, no-strategy, arm-gone, no-candidates, or the code of the"
                            + " rule that removed most bundles",
                    nullable = true)
            String reason,

            List<PreviewPosition> bundles) {
        static Preview of(OfferPreview.Preview preview, CatalogIndex catalog) {
            boolean assigned = preview.assignment() != null;
            return new Preview(
                    assigned ? preview.assignment().experiment() : null,
                    assigned ? preview.assignment().arm() : null,
                    preview.modelVersion(),
                    preview.slate().emptyReason(),
                    preview.slate().bundles().stream()
                            .map(ranked -> PreviewPosition.of(ranked, catalog))
                            .toList());
        }
    }

    /** A rank of a preview. */
    record PreviewPosition(
            String bundleId,
            String title,
            @Described("rank in the slate, 1 is the top") int rank,

            @Described(value = "null: offered without a price", nullable = true)
            Money price,

            @Described(value = "likewise", nullable = true) Money saving,
            @Described("relevance as a logit") double score,

            @Described("calibrated probability that the shopper buys it next, 0 to 1")
            double probability,

            @Described(
                    "signals that contribute most to its score, and the conditions of its members that the shopper meets")
            List<Reason> reasons,

            List<MemberView> members) {
        static PreviewPosition of(RankedBundle ranked, CatalogIndex catalog) {
            Bundle bundle = ranked.entry().bundle();
            long saving = Math.max(0, ranked.entry().listPriceMinor() - bundle.priceMinor());
            return new PreviewPosition(
                    bundle.id(),
                    bundle.title(),
                    ranked.rank(),
                    Money.orNull(bundle.priceMinor(), bundle.currency()),
                    Money.orNull(saving, bundle.currency()),
                    ranked.score(),
                    ranked.probability(),
                    allReasons(ranked),
                    bundle.members().stream()
                            .map(member -> MemberView.of(catalog, member.itemId(), member.quantity()))
                            .toList());
        }
    }

    private static List<Reason> allReasons(RankedBundle ranked) {
        BundleConditions conditions = ranked.entry().conditions();
        return Stream.concat(
                        ranked.reasons().stream()
                                .map(reason ->
                                        new Reason(reason.signal().label(), reason.value(), reason.contribution())),
                        (conditions == null ? List.<String>of() : conditions.reasons())
                                .stream().map(condition -> new Reason(condition, 0, 0)))
                .toList();
    }

    /** A reason for a bundle. */
    record Reason(
            String signal,
            @Described("raw value, in its own unit") double value,

            @Described("contribution to the linear part of the score")
            double contribution) {}

    /**
     * What the client asks for.
     *
     * @param placement null: any
     * @param most most ranks
     * @param ended whether a bundle was stopped or removed, by its id
     */
    public record Wish(String placement, int most, Predicate<String> ended) {}

    /** Returns the offer that is open at a time, if any. */
    public static SlateView open(Shoppers.Found shopper, long asOf, Wish wish, CatalogIndex catalog) {
        Offer latest = shopper.shopper().ledger().offers().stream()
                .filter(offer -> offer.offeredAt() <= asOf && asOf < offer.expiresAt())
                .filter(offer -> wish.placement() == null || wish.placement().equals(offer.placement()))
                .max(Comparator.comparingLong(OpenOffer::offeredAt))
                .map(offer -> offer(offer, wish, shopper.shopper().behavior().holdings(), catalog))
                .filter(offer -> !offer.bundles().isEmpty())
                .orElse(null);
        return new SlateView(shopper.id(), shopper.session(), asOf, latest, null, shopper.stale());
    }

    /** Returns the slate with a preview. */
    SlateView with(Preview instead) {
        return new SlateView(id, session, asOf, offer, instead, stale);
    }

    private static Offer offer(OpenOffer offer, Wish wish, Holdings held, CatalogIndex catalog) {
        List<String> ended = offer.bundles().stream()
                .filter(bundle ->
                        wish.ended().test(bundle.bundleId()) || HoldingRules.hold(held, bundle.members(), catalog))
                .map(OfferedBundle::bundleId)
                .toList();
        return new Offer(
                offer.offerId(),
                offer.placement(),
                offer.assignment().experiment(),
                offer.assignment().arm(),
                offer.offeredAt(),
                offer.expiresAt(),
                offer.impressedAt() == 0 ? null : offer.impressedAt(),
                offer.bundles().stream()
                        .filter(bundle -> !ended.contains(bundle.bundleId()))
                        .sorted(Comparator.comparingInt(OfferedBundle::rank))
                        .limit(wish.most())
                        .map(bundle -> position(bundle, catalog))
                        .toList(),
                ended);
    }

    private static Position position(OfferedBundle bundle, CatalogIndex catalog) {
        return new Position(
                bundle.bundleId(),
                EndpointHelpers.bundleTitle(catalog, bundle.bundleId()),
                bundle.rank(),
                Money.orNull(bundle.priceMinor(), bundle.currency()),
                Money.orNull(bundle.savingMinor(), bundle.currency()),
                bundle.clickedAt() != 0,
                bundle.dismissed(),
                bundle.members().stream()
                        .map(member -> MemberView.of(catalog, member.itemId(), member.quantity()))
                        .toList());
    }
}
