package dev.kombo.serde;

import dev.kombo.catalog.BundleMember;
import dev.kombo.schema.BoughtBundle;
import dev.kombo.schema.OpenBundle;
import dev.kombo.schema.OpenMember;
import dev.kombo.schema.UserProfile;
import dev.kombo.schema.WaitingOutcome;
import dev.kombo.tracking.Amount;
import dev.kombo.tracking.Assignment;
import dev.kombo.tracking.BoughtLine;
import dev.kombo.tracking.ConvertedBundle;
import dev.kombo.tracking.LedgerState;
import dev.kombo.tracking.OfferedBundle;
import dev.kombo.tracking.OpenOffer;
import dev.kombo.tracking.Purchase;
import dev.kombo.tracking.Slot;
import dev.kombo.tracking.Touch;
import dev.kombo.tracking.TouchKind;
import dev.kombo.tracking.WaitingTouch;
import java.util.ArrayList;
import java.util.List;

/** A shopper's offers: store to domain and back. */
final class LedgerMapper {
    private LedgerMapper() {}

    static LedgerState toDomain(UserProfile profile) {
        LedgerState state = LedgerState.empty();
        profile.getOffers().forEach(offer -> state.offers().add(offer(offer)));
        profile.getBought().forEach(line -> state.bought().add(line(line)));
        profile.getConversions().forEach(conversion -> state.conversions().add(conversion(conversion)));
        profile.getWaiting().forEach(waiting -> state.waiting().add(waiting(waiting)));
        profile.getBoughtBundles().forEach(bundle -> state.bundles().add(bought(bundle)));
        return state;
    }

    static List<dev.kombo.schema.OpenOffer> offers(List<OpenOffer> offers) {
        return mapped(offers, LedgerMapper::offer);
    }

    /** All but the open offers. */
    static void toAvro(LedgerState state, UserProfile profile) {
        profile.setBought(mapped(state.bought(), LedgerMapper::line));
        profile.setConversions(mapped(state.conversions(), LedgerMapper::conversion));
        profile.setWaiting(mapped(state.waiting(), LedgerMapper::waiting));
        profile.setBoughtBundles(mapped(state.bundles(), LedgerMapper::bought));
    }

    private static <A, B> List<B> mapped(List<A> from, java.util.function.Function<A, B> mapper) {
        List<B> to = new ArrayList<>(from.size());
        for (int i = 0; i < from.size(); i++) {
            to.add(mapper.apply(from.get(i)));
        }
        return to;
    }

    private static OpenOffer offer(dev.kombo.schema.OpenOffer stored) {
        OpenOffer offer = new OpenOffer(
                stored.getOfferId(),
                stored.getPlacement(),
                new Assignment(stored.getExperiment(), stored.getArm(), stored.getStrategyVersion()),
                stored.getOfferedAt(),
                stored.getExpiresAt(),
                stored.getClosesAt(),
                mapped(stored.getBundles(), LedgerMapper::bundle));
        offer.restore(stored.getImpressedAt());
        return offer;
    }

    private static OfferedBundle bundle(OpenBundle stored) {
        OfferedBundle bundle = new OfferedBundle(
                stored.getBundleId(),
                stored.getRank(),
                stored.getPropensity(),
                stored.getPriceMinor(),
                stored.getSavingMinor(),
                stored.getCurrency(),
                mapped(stored.getMembers(), member -> new BundleMember(member.getItemId(), member.getQuantity())),
                Floats.fromBuffer(stored.getFeatures()));
        bundle.restore(stored.getClickedAt(), stored.getDismissed(), stored.getConverted());
        return bundle;
    }

    private static dev.kombo.schema.OpenOffer offer(OpenOffer offer) {
        return new dev.kombo.schema.OpenOffer(
                offer.offerId(),
                offer.placement(),
                offer.assignment().experiment(),
                offer.assignment().arm(),
                offer.assignment().strategyVersion(),
                offer.offeredAt(),
                offer.expiresAt(),
                offer.closesAt(),
                offer.impressedAt(),
                mapped(offer.bundles(), LedgerMapper::bundle));
    }

    private static OpenBundle bundle(OfferedBundle bundle) {
        return new OpenBundle(
                bundle.bundleId(),
                bundle.rank(),
                bundle.propensity(),
                bundle.priceMinor(),
                bundle.savingMinor(),
                bundle.currency(),
                bundle.clickedAt(),
                bundle.dismissed(),
                mapped(bundle.members(), member -> new OpenMember(member.itemId(), member.quantity())),
                bundle.converted(),
                Floats.toBuffer(bundle.features()));
    }

    private static BoughtLine line(dev.kombo.schema.BoughtLine stored) {
        return new BoughtLine(
                stored.getItemId(),
                stored.getQuantity(),
                stored.getUnitPriceMinor(),
                stored.getCurrency(),
                stored.getOrderId(),
                stored.getBoughtAt());
    }

    private static dev.kombo.schema.BoughtLine line(BoughtLine line) {
        return new dev.kombo.schema.BoughtLine(
                line.itemId(),
                line.quantity(),
                line.unitPriceMinor(),
                nullToEmpty(line.currency()),
                nullToEmpty(line.orderId()),
                line.boughtAt());
    }

    private static ConvertedBundle conversion(dev.kombo.schema.ConvertedBundle stored) {
        Assignment assignment = new Assignment(stored.getExperiment(), stored.getArm(), stored.getStrategyVersion());
        ConvertedBundle conversion = new ConvertedBundle(
                new Slot(
                        assignment,
                        stored.getOfferId(),
                        stored.getPlacement(),
                        stored.getBundleId(),
                        stored.getRank(),
                        stored.getPropensity()),
                stored.getViewThrough(),
                stored.getQuantity(),
                new Amount(stored.getRevenueMinor(), stored.getSavingMinor(), emptyToNull(stored.getCurrency())),
                stored.getConvertedAt(),
                mapped(stored.getLines(), LedgerMapper::line));
        conversion.restore(stored.getReturned());
        return conversion;
    }

    private static dev.kombo.schema.ConvertedBundle conversion(ConvertedBundle conversion) {
        Slot slot = conversion.slot();
        Amount amount = conversion.amount();
        return new dev.kombo.schema.ConvertedBundle(
                slot.offerId(),
                slot.bundleId(),
                slot.placement(),
                slot.rank(),
                slot.propensity(),
                slot.assignment().experiment(),
                slot.assignment().arm(),
                slot.assignment().strategyVersion(),
                conversion.viewThrough(),
                conversion.quantity(),
                amount.revenueMinor(),
                amount.savingMinor(),
                nullToEmpty(amount.currency()),
                conversion.convertedAt(),
                mapped(conversion.lines(), LedgerMapper::line),
                conversion.returned());
    }

    private static Purchase bought(BoughtBundle stored) {
        return new Purchase(
                stored.getEventId(),
                null,
                stored.getBundleId(),
                stored.getOfferId(),
                emptyToNull(stored.getOrderId()),
                stored.getQuantity(),
                stored.getUnitPriceMinor(),
                emptyToNull(stored.getCurrency()),
                stored.getBoughtAt());
    }

    private static BoughtBundle bought(Purchase purchase) {
        return new BoughtBundle(
                purchase.eventId(),
                purchase.bundleId(),
                purchase.offerId(),
                nullToEmpty(purchase.orderId()),
                purchase.quantity(),
                purchase.unitPriceMinor(),
                nullToEmpty(purchase.currency()),
                purchase.time());
    }

    private static WaitingTouch waiting(WaitingOutcome stored) {
        Touch touch = new Touch(
                TouchKind.valueOf(stored.getType()),
                stored.getEventId(),
                stored.getOfferId(),
                stored.getBundleId(),
                stored.getEventTime());
        return new WaitingTouch(touch, stored.getClosesAt());
    }

    private static WaitingOutcome waiting(WaitingTouch waiting) {
        Touch touch = waiting.touch();
        return new WaitingOutcome(
                touch.eventId(),
                touch.offerId(),
                touch.bundleId(),
                touch.kind().name(),
                touch.time(),
                waiting.closesAt());
    }

    private static String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static String nullToEmpty(String text) {
        return text == null ? "" : text;
    }
}
