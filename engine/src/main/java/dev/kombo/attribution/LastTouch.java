package dev.kombo.attribution;

import dev.kombo.catalog.BundleMember;
import java.util.List;

/**
 * Last-touch attribution: chooses the offered bundle that a purchase converts, by the order of {@link Candidate#beats}.
 */
final class LastTouch {
    private LastTouch() {}

    /** The offered bundle that the purchase of a whole bundle converts, or null. */
    static Candidate whole(List<OpenOffer> offers, Purchase purchase, OpenOffer named) {
        Candidate best = null;
        for (int i = 0; i < offers.size(); i++) {
            OpenOffer offer = offers.get(i);
            if (!offer.attributes(purchase.time())) {
                continue;
            }
            OfferedBundle bundle = offer.bundle(purchase.bundleId());
            if (bundle != null && !bundle.converted()) {
                Candidate candidate = new Candidate(offer, bundle, purchase.time(), offer == named);
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
    static Candidate sharing(List<OpenOffer> offers, Purchase purchase, List<BundleMember> members) {
        Candidate best = null;
        for (int i = 0; i < offers.size(); i++) {
            OpenOffer offer = offers.get(i);
            for (int b = 0;
                    offer.attributes(purchase.time()) && b < offer.bundles().size();
                    b++) {
                OfferedBundle bundle = offer.bundles().get(b);
                if (!bundle.converted() && bundle.sharesOneOf(members)) {
                    Candidate candidate = new Candidate(offer, bundle, purchase.time(), false);
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
    static Candidate completed(List<OpenOffer> offers, UnattributedUnits pool, String itemId, OpenOffer named) {
        Candidate best = null;
        for (int i = 0; i < offers.size(); i++) {
            OpenOffer offer = offers.get(i);
            for (int b = 0; offer.impressedAt() != 0 && b < offer.bundles().size(); b++) {
                OfferedBundle bundle = offer.bundles().get(b);
                if (bundle.converted() || (itemId != null && !bundle.contains(itemId))) {
                    continue;
                }
                long completedAt = pool.completedAt(offer, bundle);
                if (completedAt != UnattributedUnits.NEVER && offer.attributes(completedAt)) {
                    Candidate candidate = new Candidate(offer, bundle, completedAt, offer == named);
                    best = candidate.beats(best) ? candidate : best;
                }
            }
        }
        return best;
    }
}
