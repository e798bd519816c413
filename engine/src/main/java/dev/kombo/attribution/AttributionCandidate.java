package dev.kombo.attribution;

import dev.kombo.attribution.LedgerState.BoughtLine;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An offered bundle to which a purchase may be attributed.
 *
 * @param time of the purchase that completes it
 * @param named whether that purchase names the offer
 */
record AttributionCandidate(OpenOffer offer, OfferedBundle bundle, long time, boolean named) {
    private static final Comparator<AttributionCandidate> WEAKEST_FIRST = Comparator.comparing(
                    AttributionCandidate::named)
            .thenComparing(AttributionCandidate::clicked)
            .thenComparingLong(AttributionCandidate::touchedAt)
            .thenComparingInt(candidate -> -candidate.bundle.rank())
            .thenComparingLong(candidate -> candidate.offer.offeredAt())
            .thenComparing(candidate -> candidate.offer.offerId(), Comparator.reverseOrder());

    /** Whether it was clicked before the purchase. */
    boolean clicked() {
        return bundle.clickedAt() != 0 && bundle.clickedAt() <= time;
    }

    private long touchedAt() {
        return clicked() ? bundle.clickedAt() : offer.impressedAt();
    }

    /**
     * Compares two candidates: the named offer wins, then the last interaction, then the lower rank; always true
     * against null. Ties are decided by the offers themselves, so that the order in which events arrive does not
     * matter.
     */
    boolean beats(@Nullable AttributionCandidate other) {
        return other == null || WEAKEST_FIRST.compare(this, other) > 0;
    }

    /** The order of the most recent of its units, or null. */
    @Nullable
    String orderOf(List<BoughtLine> units) {
        BoughtLine newest = units.get(0);
        for (BoughtLine line : units) {
            newest = line.boughtAt() > newest.boughtAt() ? line : newest;
        }
        return newest.orderId().isEmpty() ? null : newest.orderId();
    }
}
