package dev.kombo.tracking;

import dev.kombo.catalog.StableHash;
import java.util.HexFormat;
import java.util.List;

/**
 * What happened to an offer or in an arm: what goes to the topic offer-outcome.
 *
 * <p>Two kinds carry money. {@link OutcomeKind#PURCHASED} is all that the arm's shoppers pay, offered or not: positive
 * for a purchase, negative for a return, always at the price of the event itself, so that every arm, the holdout too,
 * is measured alike. {@link OutcomeKind#CONVERSION} and {@link OutcomeKind#RETURN} are the part of it that offers are
 * credited with.
 *
 * @param outcomeId 16 hexadecimal digits: a hash of event, offer, bundle and kind, so that a retry makes the same id
 * @param kind what happened
 * @param shopper whose
 * @param slot in which arm, offer and position
 * @param bundleIds bundles of the slate by rank, of {@link OutcomeKind#OFFERED}; the bundle that was bought, of {@link
 *     OutcomeKind#CROSS_CONVERSION}; else empty
 * @param orderId the order that bought or returned; null where there is none
 * @param quantity units of a purchase (negative: of a return), of a return, or of a partial conversion; bundles of a
 *     conversion or cross-conversion; else 0
 * @param amount money
 * @param viewThrough true for a conversion of a bundle that was seen but not clicked, and its returns
 * @param firstReturn true for the first return of a conversion
 * @param eventId the event that caused it; the offer's id where the offer closed; the measure that matured
 * @param eventTime when, epoch milliseconds
 * @param plannedArms the arms of the strategy's version, of {@link OutcomeKind#ENTERED} of those who are compared; else
 *     empty
 * @param matured what a shopper adds to the comparison, of {@link OutcomeKind#MATURED} only; else null
 */
public record Outcome(
        String outcomeId,
        OutcomeKind kind,
        Shopper shopper,
        Slot slot,
        List<String> bundleIds,
        String orderId,
        int quantity,
        Amount amount,
        boolean viewThrough,
        boolean firstReturn,
        String eventId,
        long eventTime,
        List<Arm> plannedArms,
        Matured matured) {

    /** A shopper enters an arm, and is not compared with others. */
    public static Outcome entered(Shopper shopper, Enrollment enrollment, String eventId) {
        return entered(shopper, enrollment, List.of(), eventId);
    }

    /**
     * A shopper enters an arm.
     *
     * @param plannedArms the arms that the shopper could have entered, with their shares
     */
    public static Outcome entered(Shopper shopper, Enrollment enrollment, List<Arm> plannedArms, String eventId) {
        Slot slot = Slot.of(enrollment.assignment());
        return of(OutcomeKind.ENTERED, shopper, slot, eventId, enrollment.enteredAt())
                .observed(plannedArms, null);
    }

    /** A window of a shopper has ended; told again, it has the same id. */
    public static Outcome matured(Shopper shopper, Enrollment enrollment, Matured matured, long time) {
        Slot slot = Slot.of(enrollment.assignment());
        String cause = enrollment.experiment() + "/" + matured.measure();
        return of(OutcomeKind.MATURED, shopper, slot, cause, time).observed(List.of(), matured);
    }

    /** First event of an enrolled shopper on a UTC day. */
    public static Outcome active(Shopper shopper, Enrollment enrollment, String eventId, long time) {
        return of(OutcomeKind.ACTIVE, shopper, Slot.of(enrollment.assignment()), eventId, time);
    }

    /** A purchase of an enrolled shopper, offered or not. */
    public static Outcome purchased(Shopper shopper, Enrollment enrollment, Purchase purchase) {
        return of(OutcomeKind.PURCHASED, shopper, Slot.of(enrollment.assignment()), purchase.eventId(), purchase.time())
                .bought(
                        purchase.orderId(),
                        purchase.quantity(),
                        new Amount(purchase.revenueMinor(), 0, purchase.currency()));
    }

    /** A return of an enrolled shopper, offered or not: a purchase of negative quantity and money. */
    public static Outcome refunded(Shopper shopper, Enrollment enrollment, Return back) {
        return of(OutcomeKind.PURCHASED, shopper, Slot.of(enrollment.assignment()), back.eventId(), back.time())
                .bought(back.orderId(), -back.quantity(), new Amount(-back.revenueMinor(), 0, back.currency()));
    }

    static Outcome of(OutcomeKind kind, Shopper shopper, Slot slot, String eventId, long time) {
        return new Outcome(
                idOf(shopper, eventId, slot, kind),
                kind,
                shopper,
                slot,
                List.of(),
                null,
                0,
                Amount.NONE,
                false,
                false,
                eventId,
                time,
                List.of(),
                null);
    }

    Outcome slate(List<String> bundles) {
        return new Outcome(
                outcomeId,
                kind,
                shopper,
                slot,
                List.copyOf(bundles),
                orderId,
                quantity,
                amount,
                viewThrough,
                firstReturn,
                eventId,
                eventTime,
                plannedArms,
                matured);
    }

    Outcome bought(String order, int units, Amount money) {
        return new Outcome(
                outcomeId,
                kind,
                shopper,
                slot,
                bundleIds,
                order,
                units,
                money,
                viewThrough,
                firstReturn,
                eventId,
                eventTime,
                plannedArms,
                matured);
    }

    Outcome viewThrough(boolean onlySeen) {
        return new Outcome(
                outcomeId,
                kind,
                shopper,
                slot,
                bundleIds,
                orderId,
                quantity,
                amount,
                onlySeen,
                firstReturn,
                eventId,
                eventTime,
                plannedArms,
                matured);
    }

    Outcome firstReturn(boolean first) {
        return new Outcome(
                outcomeId,
                kind,
                shopper,
                slot,
                bundleIds,
                orderId,
                quantity,
                amount,
                viewThrough,
                first,
                eventId,
                eventTime,
                plannedArms,
                matured);
    }

    private Outcome observed(List<Arm> arms, Matured values) {
        return new Outcome(
                outcomeId,
                kind,
                shopper,
                slot,
                bundleIds,
                orderId,
                quantity,
                amount,
                viewThrough,
                firstReturn,
                eventId,
                eventTime,
                List.copyOf(arms),
                values);
    }

    /** Hash of what makes an outcome the same outcome; offer and bundle may be null. */
    static String idOf(Shopper shopper, String eventId, Slot slot, OutcomeKind kind) {
        long hash = StableHash.combine(hashOf(shopper.userId()), hashOf(shopper.sessionId()));
        hash = StableHash.combine(hash, StableHash.of(eventId));
        hash = StableHash.combine(hash, hashOf(slot.offerId()));
        hash = StableHash.combine(hash, hashOf(slot.bundleId()));
        return HexFormat.of().toHexDigits(StableHash.combine(hash, StableHash.of(kind.name())));
    }

    private static long hashOf(String id) {
        return id == null ? 0 : StableHash.of(id);
    }

    /** Salt of the experiment. */
    public String experiment() {
        return slot.assignment().experiment();
    }

    /** Name of the arm. */
    public String arm() {
        return slot.assignment().arm();
    }

    /** The offer, or null. */
    public String offerId() {
        return slot.offerId();
    }

    /** The bundle, or null. */
    public String bundleId() {
        return slot.bundleId();
    }
}
