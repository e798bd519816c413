package dev.kombo.ranking;

import dev.kombo.catalog.BundleEntry;
import dev.kombo.learning.Factors;

/** Measures the signals of candidates; see {@link Signal} for what each means. */
final class SignalCalculator {
    private static final double FRESHNESS_MILLIS = 30 * 86_400_000.0;

    private SignalCalculator() {}

    /**
     * Measures all signals of all candidates.
     *
     * @param candidates gets the values
     * @param view the shopper, loaded
     * @param now epoch milliseconds
     */
    static void measure(Candidates candidates, ShopperView view, long now) {
        MemberSignals members = new MemberSignals(view);
        for (int c = 0; c < candidates.size(); c++) {
            BundleEntry entry = candidates.bundle(c);
            measureTaste(candidates, c, entry, view);
            members.measure(candidates, c, entry);
            candidates.set(Signal.POPULARITY_LONG, c, Softplus.of(entry.logPopularityLong() - view.decayLong()));
            candidates.set(Signal.POPULARITY_SHORT, c, Softplus.of(entry.logPopularityShort() - view.decayShort()));
            candidates.set(Signal.PRICE_DISTANCE, c, priceDistance(entry, view));
            candidates.set(Signal.DISCOUNT, c, entry.discount());
            double age = Math.max(0, (double) now - entry.createdAt());
            candidates.set(Signal.FRESHNESS, c, (float) (1 / (1 + age / FRESHNESS_MILLIS)));
            int offers = view.bundles().offers(entry.ordinal());
            candidates.set(Signal.HISTORY_BUNDLES, c, view.bundleFromBundles(entry.ordinal()));
            candidates.set(Signal.HISTORY_ITEMS, c, view.bundleFromItems(entry.ordinal()));
            candidates.set(Signal.SUPPORT, c, entry.support());
            candidates.set(Signal.EXPOSURE, c, offers == 0 ? 0f : (float) Math.log(1.0 + offers));
        }
    }

    private static void measureTaste(Candidates candidates, int c, BundleEntry entry, ShopperView view) {
        boolean known = view.cosines().know(entry.ordinal());
        float cosine = known
                ? view.cosines().ofFactors(entry.ordinal())
                : cosine(view.factors(), view.factorNorm(), entry.vector(), entry.norm());
        candidates.set(Signal.COSINE, c, cosine);
        candidates.set(Signal.DOT, c, cosine * view.factorNorm() * entry.norm() + entry.bias());
        candidates.set(
                Signal.HISTORY_COSINE,
                c,
                known
                        ? view.cosines().ofHistory(entry.ordinal())
                        : cosine(view.history(), view.historyNorm(), entry.vector(), entry.norm()));
        candidates.set(Signal.MEMBER_COSINE, c, entry.blended() ? memberCosine(entry.members(), view) : cosine);
    }

    private static float memberCosine(BundleEntry.MemberFactors members, ShopperView view) {
        return cosine(view.factors(), view.factorNorm(), members.factors(), members.norm());
    }

    private static float cosine(float[] factors, float norm, float[] other, float otherNorm) {
        float norms = norm * otherNorm;
        return norms > 0 && factors.length == other.length ? Factors.dot(factors, other) / norms : 0f;
    }

    private static float priceDistance(BundleEntry entry, ShopperView view) {
        return view.logPriceCount() == 0 || entry.priceMinor() <= 0
                ? 0f
                : (float) Math.abs(entry.logUnitPrice() - view.logPriceMean());
    }
}
