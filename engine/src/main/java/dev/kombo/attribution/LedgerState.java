package dev.kombo.attribution;

import dev.kombo.codec.Fields;
import dev.kombo.experiment.uplift.ShopperObservations;
import java.util.ArrayList;
import java.util.List;

/**
 * The stored state of a shopper's offer ledger. The ledger owns the lists and changes them in place.
 *
 * @param offers open offers, oldest first
 * @param bought units bought that an open offer may still use, by time
 * @param conversions latest conversions, oldest first
 * @param waiting feedback whose offer is not known, oldest first
 * @param bundles bundles bought whole that are not credited to an offer yet, by time
 */
public record LedgerState(
        List<OpenOffer> offers,
        List<BoughtLine> bought,
        List<ConvertedBundle> conversions,
        List<PendingFeedback> waiting,
        List<Purchase> bundles) {
    /**
     * Version of the layout of a purchase history, which holds the state of the ledger: since then, conversions keep
     * how their money was divided and their slots were filled, and purchases keep what was swapped.
     */
    public static final int HISTORY_LAYOUT = ShopperObservations.HISTORY_LAYOUT;

    /** The state of a shopper without offers or purchases. */
    public static LedgerState empty() {
        return new LedgerState(
                new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    /** The fields apart from the open offers, which are stored elsewhere. */
    public LedgerState fields(Fields f) {
        return new LedgerState(
                offers,
                f.each(bought, BoughtLine.BLANK, BoughtLine::fields),
                f.each(conversions, ConvertedBundle.BLANK, ConvertedBundle::fields),
                f.each(waiting, PendingFeedback.BLANK, PendingFeedback::fields),
                f.each(bundles, Purchase.BLANK, Purchase::fields));
    }

    /**
     * Units of one item bought in one order line and not yet returned.
     *
     * @param itemId the item
     * @param quantity units, at least 1
     * @param unitPriceMinor price of one unit in minor units; 0 where unknown, and for members of a bundle bought whole
     * @param currency ISO 4217 code; empty where there is no price
     * @param orderId the order; empty where unknown
     * @param boughtAt epoch milliseconds
     * @param credit the part of a conversion's money that they carry; none before they are credited
     */
    public record BoughtLine(
            String itemId,
            int quantity,
            long unitPriceMinor,
            String currency,
            String orderId,
            long boughtAt,
            Amount credit) {
        static final BoughtLine BLANK = new BoughtLine("", 0, 0, "", "", 0, Amount.NONE);

        BoughtLine fields(Fields f) {
            return new BoughtLine(
                    f.text(itemId),
                    f.number(quantity),
                    f.number(unitPriceMinor),
                    f.text(currency),
                    f.text(orderId),
                    f.number(boughtAt),
                    Amount.NONE);
        }

        BoughtLine withQuantity(int units) {
            return with(units, credit);
        }

        BoughtLine with(int units, Amount carried) {
            return new BoughtLine(itemId, units, unitPriceMinor, currency, orderId, boughtAt, carried);
        }
    }

    /**
     * Offer feedback whose offer is not known yet.
     *
     * @param feedback the feedback
     * @param closesAt when it is given up, epoch milliseconds
     */
    public record PendingFeedback(Feedback feedback, long closesAt) {
        private static final PendingFeedback BLANK =
                new PendingFeedback(new Feedback(OutcomeKind.IMPRESSION, "", "", null, 0), 0);

        private PendingFeedback fields(Fields f) {
            return new PendingFeedback(feedback.fields(f), f.number(closesAt));
        }
    }

    /**
     * Says whether the rest of a stored ledger must be read.
     *
     * @param waitingDue when the first waiting feedback is given up, epoch milliseconds; {@link Long#MAX_VALUE}: none
     *     waits
     * @param newestUncredited purchase time of the most recent uncredited unit or bundle, epoch milliseconds; {@link
     *     Long#MIN_VALUE}: there are none
     */
    public record CreditSummary(long waitingDue, long newestUncredited) {
        /** Nothing waits, and everything is credited. */
        public static final CreditSummary NONE = new CreditSummary(Long.MAX_VALUE, UnattributedUnits.NEVER);

        CreditSummary fields(Fields f) {
            return new CreditSummary(f.number(waitingDue), f.number(newestUncredited));
        }
    }
}
