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
        float dot = dot(entry, view);
        float norms = view.factorNorm() * entry.norm();
        float cosine = norms > 0 ? dot / norms : 0f;
        candidates.set(Signal.COSINE, c, cosine);
        candidates.set(Signal.DOT, c, dot + entry.bias());
        boolean blended = entry.vector() != entry.members().factors();
        candidates.set(
                Signal.MEMBER_COSINE, c, blended ? cosine(view.factors(), view.factorNorm(), entry.members()) : cosine);
        float history = view.historyNorm() * entry.norm();
        candidates.set(
                Signal.HISTORY_COSINE,
                c,
                history > 0 && entry.vector().length == view.history().length
                        ? Factors.dot(view.history(), entry.vector()) / history
                        : 0f);
    }

    private static float cosine(float[] factors, float norm, BundleEntry.MemberFactors other) {
        float norms = norm * other.norm();
        return norms > 0 && factors.length == other.factors().length
                ? Factors.dot(factors, other.factors()) / norms
                : 0f;
    }

    /** Dot product of the shopper's factors and the bundle's; 0 where one is not known. */
    static float dot(BundleEntry entry, ShopperView view) {
        return view.factorNorm() > 0 && entry.vector().length == view.factors().length
                ? Factors.dot(view.factors(), entry.vector())
                : 0f;
    }

    private static float priceDistance(BundleEntry entry, ShopperView view) {
        return view.logPriceCount() == 0 || entry.priceMinor() <= 0
                ? 0f
                : (float) Math.abs(entry.logUnitPrice() - view.logPriceMean());
    }
}
