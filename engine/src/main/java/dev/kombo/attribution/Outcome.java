package dev.kombo.attribution;

import dev.kombo.codec.Fields;
import dev.kombo.experiment.Arm;
import dev.kombo.experiment.DecisionRule;
import dev.kombo.experiment.Enrollment;
import dev.kombo.experiment.Enrollment.Assignment;
import dev.kombo.experiment.MaturedMeasure;
import dev.kombo.experiment.Measure;
import dev.kombo.experiment.uplift.ExperimentUplift;
import dev.kombo.math.StableHash;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record of the topic offer-outcome: says what happened to an offer, such as that it was clicked, or to a shopper in
 * an arm of an experiment.
 *
 * <p>Two kinds carry money. {@link OutcomeKind#PURCHASED} is everything that the arm's shoppers pay, offered or not:
 * positive for a purchase, negative for a return, always at the event's own price, so that all arms, including the
 * holdout, are measured alike. {@link OutcomeKind#CONVERSION} and {@link OutcomeKind#RETURN} are the part that is
 * attributed to offers.
 *
 * @param outcomeId 16 hexadecimal digits: a hash of event, offer, bundle and kind, so that a retry yields the same id
 * @param kind what happened
 * @param shopper the shopper
 * @param scope arm, offer and position
 * @param eventId the event that caused it; the offer's id where the offer closed; the measure that matured
 * @param eventTime epoch milliseconds
 * @param bundleIds bundles of the slate by rank, of {@link OutcomeKind#OFFERED}; the bundle that was bought, of {@link
 *     OutcomeKind#CROSS_CONVERSION}; else empty
 * @param bought what was bought or returned; {@link Bought#NOTHING} for other kinds
 * @param plannedArms the arms of the strategy's version, of {@link OutcomeKind#ENTERED} for shoppers who are compared;
 *     else empty
 * @param rule of the strategy, where there are planned arms; else null
 * @param matured what a shopper adds to the comparison, of {@link OutcomeKind#MATURED} only; else null
 */
public record Outcome(
        String outcomeId,
        OutcomeKind kind,
        Shopper shopper,
        Scope scope,
        String eventId,
        long eventTime,
        List<String> bundleIds,
        Bought bought,
        List<Arm> plannedArms,
        @Nullable DecisionRule rule,
        @Nullable MaturedMeasure matured) {

    /**
     * What was bought or returned.
     *
     * @param orderId the order; null where there is none
     * @param quantity units of a purchase (negative: of a return), of a return, or of a partial conversion; bundles of
     *     a conversion or cross-conversion
     * @param amount money
     * @param viewThrough true for a conversion of a bundle that was seen but not clicked, and its returns
     * @param first true for the first return of a conversion, and for the first click on an offer
     * @param expectedMinor what each bundle of the slate is expected to cost in discounts, in minor units, by rank;
     *     empty where the strategy limits the discounts of no bundle
     */
    public record Bought(
            @Nullable String orderId,
            int quantity,
            Amount amount,
            boolean viewThrough,
            boolean first,
            List<Double> expectedMinor) {
        public static final Bought NOTHING = new Bought(null, 0, Amount.NONE, false);

        /** Nothing, at the first click on an offer. */
        static final Bought FIRST_CLICK = new Bought(null, 0, Amount.NONE, false, true, List.of());

        Bought(@Nullable String orderId, int quantity, Amount amount, boolean viewThrough) {
            this(orderId, quantity, amount, viewThrough, false, List.of());
        }

        /**
         * Nothing yet, but what an offer is expected to cost in discounts.
         *
         * @param expectedMinor of each bundle, or empty
         */
        public static Bought expected(Amount amount, List<Double> expectedMinor) {
            return new Bought(null, 0, amount, false, false, List.copyOf(expectedMinor));
        }
    }

    /**
     * Whether it adds to the comparison of arms: an assignment whose planned arms are known, or a measure that matured.
     */
    public boolean compared() {
        return matured == null ? !plannedArms.isEmpty() : Measure.of(matured.measure()) != null;
    }

    /**
     * Adds it to the comparison of arms; has no effect if it is not compared.
     *
     * @param capMinor most that a shopper counts for before and after assignment, in minor units of any currency,
     *     positive
     * @return whether there is something to store
     */
    public boolean addTo(ExperimentUplift uplift, long capMinor) {
        if (!compared()) {
            return false;
        }
        long version = scope.assignment().strategyVersion();
        if (matured == null) {
            uplift.enter(version, arm(), plannedArms, rule);
        } else {
            uplift.mature(version, arm(), matured, eventTime, capMinor);
        }
        return true;
    }

    /**
     * A shopper is assigned to an arm.
     *
     * @param plannedArms the arms that the shopper could have been assigned to, with their shares; empty for a shopper
     *     who is not compared with others
     * @param rule of the strategy; null for a shopper who is not compared
     */
    public static Outcome entered(
            Shopper shopper,
            Enrollment enrollment,
            List<Arm> plannedArms,
            @Nullable DecisionRule rule,
            String eventId) {
        long time = enrollment.enteredAt();
        return observed(OutcomeKind.ENTERED, shopper, enrollment, eventId, time, plannedArms, rule, null);
    }

    /** A measure of a shopper has matured; repeated, it has the same id. */
    public static Outcome matured(Shopper shopper, Enrollment enrollment, MaturedMeasure matured, long time) {
        String cause = enrollment.experiment() + "/" + matured.measure();
        return observed(OutcomeKind.MATURED, shopper, enrollment, cause, time, List.of(), null, matured);
    }

    private static Outcome observed(
            OutcomeKind kind,
            Shopper shopper,
            Enrollment enrollment,
            String cause,
            long time,
            List<Arm> plannedArms,
            @Nullable DecisionRule rule,
            @Nullable MaturedMeasure matured) {
        Scope scope = Scope.of(enrollment.assignment());
        String id = idOf(shopper, cause, scope, kind);
        return new Outcome(
                id, kind, shopper, scope, cause, time, List.of(), Bought.NOTHING, plannedArms, rule, matured);
    }

    /** The first event of an assigned shopper on a UTC day. */
    public static Outcome active(Shopper shopper, Enrollment enrollment, String eventId, long time) {
        return of(OutcomeKind.ACTIVE, shopper, Scope.of(enrollment.assignment()), eventId, time, Bought.NOTHING);
    }

    /** A purchase of an assigned shopper, offered or not. */
    public static Outcome purchased(Shopper shopper, Enrollment enrollment, Purchase line) {
        Amount paid = new Amount(line.revenueMinor(), 0, line.currency());
        Bought bought = new Bought(line.orderId(), line.quantity(), paid, false);
        return of(
                OutcomeKind.PURCHASED, shopper, Scope.of(enrollment.assignment()), line.eventId(), line.time(), bought);
    }

    /** A return of an assigned shopper, offered or not: a purchase of negative quantity and money. */
    public static Outcome refunded(Shopper shopper, Enrollment enrollment, Return line) {
        Amount paid = new Amount(-line.revenueMinor(), 0, line.currency());
        Bought bought = new Bought(line.orderId(), -line.quantity(), paid, false);
        return of(
                OutcomeKind.PURCHASED, shopper, Scope.of(enrollment.assignment()), line.eventId(), line.time(), bought);
    }

    static Outcome of(OutcomeKind kind, Shopper shopper, Scope scope, String eventId, long time, Bought bought) {
        return of(kind, shopper, scope, eventId, time, List.of(), bought);
    }

    static Outcome of(
            OutcomeKind kind,
            Shopper shopper,
            Scope scope,
            String eventId,
            long time,
            List<String> bundleIds,
            Bought bought) {
        String id = idOf(shopper, eventId, scope, kind);
        return new Outcome(id, kind, shopper, scope, eventId, time, bundleIds, bought, List.of(), null, null);
    }

    /** Hash of the fields that identify an outcome; offer and bundle may be null. */
    static String idOf(Shopper shopper, String eventId, Scope scope, OutcomeKind kind) {
        long hash = StableHash.combine(hashOf(shopper.userId()), hashOf(shopper.sessionId()));
        hash = StableHash.combine(hash, StableHash.of(eventId));
        hash = StableHash.combine(hash, hashOf(scope.offerId()));
        hash = StableHash.combine(hash, hashOf(scope.bundleId()));
        return HexFormat.of().toHexDigits(StableHash.combine(hash, StableHash.of(kind.name())));
    }

    private static long hashOf(@Nullable String id) {
        return id == null ? 0 : StableHash.of(id);
    }

    /** Id of the experiment. */
    public String experiment() {
        return scope.assignment().experiment();
    }

    /** Name of the arm. */
    public String arm() {
        return scope.assignment().arm();
    }

    /** The offer, or null. */
    public @Nullable String offerId() {
        return scope.offerId();
    }

    /** The bundle, or null. */
    public @Nullable String bundleId() {
        return scope.bundleId();
    }

    /**
     * What an outcome is attributed to: an arm of an experiment, an offer in it, or a position of that offer.
     *
     * @param assignment experiment and arm
     * @param offerId the offer; null where the arm is meant
     * @param placement where the offer was shown; null where the arm is meant
     * @param bundleId the bundle; null where the whole slate or the arm is meant
     * @param rank rank of the bundle in the slate; 0 where there is none
     */
    public record Scope(
            Assignment assignment,
            @Nullable String offerId,
            @Nullable String placement,
            @Nullable String bundleId,
            int rank) {
        static final Scope BLANK = new Scope(Assignment.BLANK, null, null, null, 0);

        Scope fields(Fields f) {
            Scope scope = new Scope(
                    assignment.fields(f),
                    f.textOrNull(offerId),
                    f.textOrNull(placement),
                    f.textOrNull(bundleId),
                    f.number(rank));
            if (!f.since(LedgerState.HISTORY_LAYOUT)) {
                f.real(OfferedBundle.PROBABILITY);
            }
            return scope;
        }

        static Scope of(Assignment assignment) {
            return new Scope(assignment, null, null, null, 0);
        }

        static Scope of(OpenOffer offer) {
            return new Scope(offer.assignment(), offer.offerId(), offer.placement(), null, 0);
        }

        static Scope of(OpenOffer offer, OfferedBundle bundle) {
            return new Scope(offer.assignment(), offer.offerId(), offer.placement(), bundle.bundleId(), bundle.rank());
        }
    }
}
