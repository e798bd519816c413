package dev.kombo.attribution;

import java.util.ArrayList;
import java.util.List;

/**
 * What a shopper's ledger remembers between events. The lists are the ledger's own: it changes them in place.
 *
 * @param offers open offers, oldest first
 * @param bought units bought that an open offer may still use, by time
 * @param conversions latest conversions, oldest first
 * @param waiting touches whose offer is not known, oldest first
 * @param bundles bundles bought whole that no offer is credited with yet, by time
 */
public record LedgerState(
        List<OpenOffer> offers,
        List<BoughtLine> bought,
        List<ConvertedBundle> conversions,
        List<WaitingTouch> waiting,
        List<Purchase> bundles) {

    /** A shopper without any. */
    public static LedgerState empty() {
        return new LedgerState(
                new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }
}
