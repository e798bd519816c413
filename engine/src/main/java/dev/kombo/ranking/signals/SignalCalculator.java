package dev.kombo.ranking.signals;

import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.catalog.index.BundleFactors;
import dev.kombo.learning.factors.FactorMath;
import dev.kombo.ranking.Signal;
import dev.kombo.ranking.shopper.ShopperView;

/** Measures the signals of candidates; for their meaning see {@link Signal}. */
public final class SignalCalculator {
    private static final double FRESHNESS_MILLIS = 30 * 86_400_000.0;

    private SignalCalculator() {}

    /**
     * Measures all signals of all candidates.
     *
     * @param candidates gets the values
     * @param view the shopper, loaded
     * @param now epoch milliseconds
     */
    public static void measure(Candidates candidates, ShopperView view, long now) {
        MemberSignals members = new MemberSignals(view);
        for (int c = 0; c < candidates.size(); c++) {
            BundleEntry entry = candidates.bundle(c);
            measurePreference(candidates, c, entry, view);
            members.measure(candidates, c, entry);
            candidates.set(Signal.POPULARITY_LONG, c, Softplus.of(entry.logPopularityLong() - view.decayLong()));
            candidates.set(Signal.OWN_POPULARITY, c, Softplus.of(entry.logOwnPopularity() - view.decayLong()));
            candidates.set(Signal.POPULARITY_SHORT, c, Softplus.of(entry.logPopularityShort() - view.decayShort()));
            candidates.set(Signal.PRICE_DISTANCE, c, priceDistance(entry, view));
            candidates.set(Signal.DISCOUNT, c, entry.discount());
            double age = Math.max(0, (double) now - entry.createdAt());
            candidates.set(Signal.FRESHNESS, c, (float) (1 / (1 + age / FRESHNESS_MILLIS)));
            int offers = view.bundles().offers(entry.ordinal());
            candidates.set(Signal.SUPPORT, c, entry.support());
            candidates.set(Signal.EXPOSURE, c, offers == 0 ? 0f : (float) Math.log(1.0 + offers));
        }
    }

    private static void measurePreference(Candidates candidates, int c, BundleEntry entry, ShopperView view) {
        BundleFactors known = view.space().bundle(entry.ordinal());
        float product = view.product(entry.ordinal(), known);
        float norm = view.userNorm();
        candidates.set(Signal.DOT, c, product * known.norm());
        candidates.set(Signal.COSINE, c, norm > 0 ? product / norm : 0f);
        candidates.set(
                Signal.MEMBER_COSINE,
                c,
                norm > 0 && known.members() != null ? FactorMath.dot(view.user(), known.members()) / norm : 0f);
        candidates.set(Signal.CONTENT, c, view.bundles().content(entry.ordinal()));
    }

    private static float priceDistance(BundleEntry entry, ShopperView view) {
        return view.logPriceCount() == 0 || entry.priceMinor() <= 0
                ? 0f
                : (float) Math.abs(entry.logUnitPrice() - view.logPriceMean());
    }
}
