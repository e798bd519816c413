package dev.kombo.attribution;

import dev.kombo.entity.BundleMember;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Last-touch attribution: chooses the offered bundle that a purchase converts, by the order of
 * {@link AttributionCandidate#beats}.
 */
final class LastTouch {
    private LastTouch() {}

    /** The offered bundle that the purchase of a whole bundle converts, or null. */
    static @Nullable AttributionCandidate whole(List<OpenOffer> offers, Purchase purchase, @Nullable OpenOffer named) {
        @Nullable AttributionCandidate best = null;
        for (int i = 0; i < offers.size(); i++) {
            OpenOffer offer = offers.get(i);
            if (!offer.attributes(purchase.time())) {
                continue;
            }
            OfferedBundle bundle = offer.bundle(purchase.bundleId());
            if (bundle != null && !bundle.converted()) {
                AttributionCandidate candidate =
                        new AttributionCandidate(offer, bundle, purchase.time(), offer == named);
                best = candidate.beats(best) ? candidate : best;
            }
        }
        return best;
    }

    /**
     * The offered bundle that shares an item with the bundle that was bought, or null.
     *
     * @param members members of the bundle that was bought
     */
    static @Nullable AttributionCandidate sharing(
            List<OpenOffer> offers, Purchase purchase, List<BundleMember> members) {
        @Nullable AttributionCandidate best = null;
        for (int i = 0; i < offers.size(); i++) {
            OpenOffer offer = offers.get(i);
            for (int b = 0;
                    offer.attributes(purchase.time()) && b < offer.bundles().size();
                    b++) {
                OfferedBundle bundle = offer.bundles().get(b);
                if (!bundle.converted() && bundle.sharesOneOf(members)) {
                    AttributionCandidate candidate = new AttributionCandidate(offer, bundle, purchase.time(), false);
                    best = candidate.beats(best) ? candidate : best;
                }
            }
        }
        return best;
    }

    /**
     * The next offered bundle whose members are all in the pool, or null.
     *
     * @param itemId only bundles with this item; null: any
     */
    static @Nullable AttributionCandidate completed(
            List<OpenOffer> offers, UnattributedUnits pool, @Nullable String itemId, @Nullable OpenOffer named) {
        @Nullable AttributionCandidate best = null;
        for (int i = 0; i < offers.size(); i++) {
            OpenOffer offer = offers.get(i);
            for (int b = 0; offer.impressedAt() != 0 && b < offer.bundles().size(); b++) {
                OfferedBundle bundle = offer.bundles().get(b);
                if (bundle.converted() || (itemId != null && !bundle.contains(itemId))) {
                    continue;
                }
                long completedAt = pool.completedAt(offer, bundle);
                if (completedAt != UnattributedUnits.NEVER && offer.attributes(completedAt)) {
                    AttributionCandidate candidate =
                            new AttributionCandidate(offer, bundle, completedAt, offer == named);
                    best = candidate.beats(best) ? candidate : best;
                }
            }
        }
        return best;
    }
}
