package dev.kombo.attribution;

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

    /** The state of a shopper without offers or purchases. */
    public static LedgerState empty() {
        return new LedgerState(
                new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }
}
