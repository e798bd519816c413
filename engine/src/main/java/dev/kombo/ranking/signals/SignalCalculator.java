package dev.kombo.ranking.signals;

import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.catalog.index.BundleFactors;
import dev.kombo.math.FactorMath;
import dev.kombo.ranking.Signal;
import dev.kombo.ranking.shopper.ShopperItems;
import dev.kombo.ranking.shopper.ShopperView;
import dev.kombo.settings.Millis;
import org.jspecify.annotations.Nullable;

/** Measures the signals of candidates; for their meaning see {@link Signal}. */
public final class SignalCalculator {
    /** A share below its inverse counts in proportion, larger ones by their logarithm. */
    private static final float SHARES_SCALE = 100;

    private static final double FRESHNESS_MILLIS = 30 * Millis.DAY;

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
            candidates.set(Signal.DISCOUNT, c, entry.terms().discount());
            double age = Math.max(0, (double) now - entry.createdAt());
            candidates.set(Signal.FRESHNESS, c, (float) (1 / (1 + age / FRESHNESS_MILLIS)));
            int offers = view.bundles().offers(entry.ordinal());
            candidates.set(Signal.SUPPORT, c, entry.support());
            candidates.set(Signal.ALL_CONFIDENCE, c, entry.allConfidence());
            candidates.set(Signal.SIZE, c, entry.logSize());
            candidates.set(Signal.EXPOSURE, c, offers == 0 ? 0f : (float) Math.log(1.0 + offers));
        }
    }

    private static void measurePreference(Candidates candidates, int c, BundleEntry entry, ShopperView view) {
        BundleFactors known = view.space().bundle(entry.ordinal());
        candidates.set(Signal.DOT, c, view.product(entry.ordinal(), known) * known.norm());
        candidates.set(Signal.COSINE, c, cosine(view.taste(), view.tasteNorm(), known.direction()));
        float[] members = entry.fill().plan() == null ? known.members() : view.directionOf(entry, known);
        candidates.set(Signal.MEMBER_COSINE, c, cosine(view.taste(), view.tasteNorm(), members));
        candidates.set(Signal.PURCHASE_COSINE, c, cosine(view.purchaseFactors(), view.purchaseNorm(), members));
        candidates.set(Signal.CONTENT, c, view.bundles().content(entry.ordinal()));
    }

    /** The signal of the mean share of orders that hold the members. */
    public static float neighborShares(float meanShare) {
        // Not log1p, which is a native call.
        return meanShare == 0 ? 0f : (float) Math.log(1.0 + SHARES_SCALE * meanShare);
    }

    private static float cosine(float[] vector, float norm, float @Nullable [] direction) {
        return norm > 0 && direction != null ? FactorMath.dot(vector, direction) / norm : 0f;
    }

    private static float priceDistance(BundleEntry entry, ShopperView view) {
        return view.logPriceCount() == 0 || entry.priceMinor() <= 0
                ? 0f
                : (float) Math.abs(entry.terms().logUnitPrice() - view.logPriceMean());
    }

    /**
     * Measures the signals that a bundle has through its members: means and minima over them. One instance per request.
     */
    private static final class MemberSignals {
        private final ShopperView view;
        private final ShopperItems items;
        private float neighbors;
        private float shares;
        private float likelihood;
        private float levels;
        private float recency;
        private float count;
        private float categories;
        private float leastRepeat;
        private float leastConfidence;
        private float leastLatest;
        private int interacted;
        private int triggers;
        private int missing;

        /** Measures for a shopper whose view is loaded. */
        MemberSignals(ShopperView view) {
            this.view = view;
            this.items = view.items();
        }

        /** Sets the signals of a candidate. */
        void measure(Candidates candidates, int c, BundleEntry entry) {
            clear();
            for (int m = 0; m < entry.size(); m++) {
                categories += view.categoryShare(entry.memberCategory(m));
                int item = entry.member(m);
                neighbors += view.neighbors().of(item);
                shares += view.neighbors().share(item);
                likelihood += view.holdings().of(item);
                levels +=
                        items.has(item, ShopperItems.BASKET) ? 0 : view.levels().of(item);
                if (items.contains(item)) {
                    add(item);
                } else {
                    leastRepeat = 0;
                    leastConfidence = 0;
                    leastLatest = 0;
                    missing++;
                }
            }
            set(candidates, c, entry.size());
        }

        private void clear() {
            neighbors = 0;
            shares = 0;
            likelihood = 0;
            levels = 0;
            recency = 0;
            count = 0;
            categories = 0;
            leastRepeat = Float.POSITIVE_INFINITY;
            leastConfidence = Float.POSITIVE_INFINITY;
            leastLatest = Float.POSITIVE_INFINITY;
            interacted = 0;
            triggers = 0;
            missing = 0;
        }

        private void add(int item) {
            int flags = items.flags(item);
            recency += items.recency(item);
            count += items.logCount(item);
            leastRepeat = Math.min(leastRepeat, items.repeat(item));
            interacted += (flags & ShopperItems.INTERACTED) != 0 ? 1 : 0;
            triggers += (flags & ShopperItems.TRIGGER) != 0 ? 1 : 0;
            if ((flags & ShopperItems.BASKET) == 0) {
                missing++;
                leastConfidence = Math.min(leastConfidence, items.basketConfidence(item));
                leastLatest = Math.min(leastLatest, items.latestConfidence(item));
            }
        }

        private void set(Candidates candidates, int c, int members) {
            int size = Math.max(1, members);
            candidates.set(Signal.MEMBER_OVERLAP, c, interacted / (float) Math.sqrt(size));
            candidates.set(Signal.OWN_REPEAT, c, finite(leastRepeat));
            candidates.set(Signal.NEIGHBORS, c, neighbors / size);
            candidates.set(Signal.NEIGHBOR_SHARES, c, neighborShares(shares / size));
            candidates.set(Signal.HOLDINGS_LIKELIHOOD, c, likelihood / size);
            candidates.set(Signal.LEVEL_LIFT, c, levels / Math.max(1, missing));
            candidates.set(Signal.OWN_RECENCY, c, recency / size);
            candidates.set(Signal.OWN_COUNT, c, count / size);
            candidates.set(Signal.CATEGORY_AFFINITY, c, categories / size);
            candidates.set(Signal.TRIGGER, c, view.triggerSize() == 0 ? 0f : (float) triggers / view.triggerSize());
            candidates.set(Signal.BASKET_SHARE, c, (members - missing) / (float) size);
            candidates.set(Signal.BASKET_CONFIDENCE, c, finite(leastConfidence));
            candidates.set(Signal.LATEST_CONFIDENCE, c, finite(leastLatest));
        }

        /** The minimum of no values is 0. */
        private static float finite(float least) {
            return Float.isInfinite(least) ? 0f : least;
        }
    }
}
