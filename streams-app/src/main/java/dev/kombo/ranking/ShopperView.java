package dev.kombo.ranking;

import dev.kombo.catalog.BundleEntry;
import dev.kombo.catalog.CatalogIndex;
import dev.kombo.catalog.CooccurrenceSums;
import dev.kombo.catalog.ItemEntry;
import dev.kombo.catalog.StableHash;
import dev.kombo.catalog.Target;
import dev.kombo.catalog.TargetModel;
import dev.kombo.learning.Factors;
import dev.kombo.profile.Behavior;
import dev.kombo.profile.Cart;
import dev.kombo.profile.CategoryAffinities.Affinity;
import dev.kombo.profile.RecentInteractions;
import dev.kombo.profile.TimedCounts;
import java.util.Arrays;
import java.util.List;

/**
 * One shopper at one moment, laid out by the index's ordinals, so that each candidate costs a few array reads. Loaded
 * for each event into the same buffers. Touched by one thread.
 *
 * <p>A neighbour's score is the shrunk cosine of co-purchases, c_ij / (sqrt(n_i n_j) + shrinkage), summed over what the
 * shopper touched, what lies further back counting less.
 */
final class ShopperView {
    /** Weight of an interaction against that of the next later one. */
    static final float RECENCY = 0.9f;

    /** Time in which an own purchase comes to count half. */
    static final double REPEAT_HALF_LIFE_MILLIS = 60 * 86_400_000.0;

    /** Age at which a purchase is half as recent as one just made. */
    static final double RECENCY_MILLIS = 14 * 86_400_000.0;

    /** Latest different items from which co-purchase neighbours are taken. */
    private static final int RECENT_ITEMS = 20;

    /** Latest interactions whose co-occurrences and factors are summed up. */
    private static final int HISTORY_TARGETS = 50;

    /** Common orders at which shrinkage halves the cosine of co-purchases. */
    private static final float NEIGHBOR_SHRINKAGE = 10;

    private final CatalogIndex index;
    private final ItemMarks items = new ItemMarks();
    private final BundleMarks bundles = new BundleMarks();
    private final TouchedTargets touched;
    private final CategoryTaste taste = new CategoryTaste();
    private final BundleCosines cosines;
    private final CooccurrenceSums fromItems = new CooccurrenceSums();
    private final CooccurrenceSums fromBundles = new CooccurrenceSums();
    private float[] categoryShare = new float[16];
    private final int[] likedCategories = new int[64];
    private int liked;
    private int triggerBundle;
    private int triggerSize;
    private float[] factors = {};
    private float factorNorm;
    private double decayLong;
    private double decayShort;
    private float[] history = {};
    private float historyNorm;
    private Behavior behavior;

    ShopperView(CatalogIndex index) {
        this.index = index;
        touched = new TouchedTargets(index);
        cosines = new BundleCosines(index);
    }

    /** Takes in what a request says of the shopper. */
    void load(RankingRequest request) {
        behavior = request.behavior();
        factors = behavior.factors();
        double norm = Factors.norm(factors);
        factorNorm = Double.isFinite(norm) ? (float) norm : 0f;
        decayLong = index.decayLong(request.now());
        decayShort = index.decayShort(request.now());
        items.clear();
        bundles.clear();
        cosines.clear();
        loadTrigger(request.trigger());
        loadRecent(behavior.recent());
        loadHistory(behavior.recent(), request.now());
        loadBasket();
        loadPurchases(behavior.purchases(), request.now());
        loadExposures(behavior.exposures());
        loadCategories(behavior.categories().strongestFirst());
    }

    private void loadTrigger(String trigger) {
        triggerBundle = CatalogIndex.UNKNOWN;
        triggerSize = 0;
        if (trigger == null) {
            return;
        }
        long hash = StableHash.of(trigger);
        if (Target.isBundle(trigger)) {
            triggerBundle = index.bundleOrdinal(hash);
            triggerSize = flagMembers(triggerBundle, ItemMarks.TRIGGER);
        } else if (Target.isItem(trigger)) {
            int ordinal = index.itemOrdinal(hash);
            if (ordinal != CatalogIndex.UNKNOWN) {
                items.flag(ordinal, ItemMarks.TRIGGER);
                triggerSize = 1;
            }
        }
    }

    private int flagMembers(int bundle, int flag) {
        BundleEntry entry = bundle == CatalogIndex.UNKNOWN ? null : index.bundle(bundle);
        if (entry == null) {
            return 0;
        }
        for (int m = 0; m < entry.size(); m++) {
            items.flag(entry.member(m), flag);
        }
        return entry.size();
    }

    private void loadRecent(RecentInteractions recent) {
        float weight = 1f;
        int sources = 0;
        for (int i = recent.size() - 1; i >= 0 && sources < RECENT_ITEMS; i--) {
            long target = recent.target(i);
            int ordinal = index.itemOrdinal(target);
            if (ordinal == CatalogIndex.UNKNOWN) {
                flagMembers(index.bundleOrdinal(target), ItemMarks.RECENT);
            } else if (!items.has(ordinal, ItemMarks.RECENT)) {
                items.flag(ordinal, ItemMarks.RECENT);
                addNeighbors(index.itemAt(ordinal), weight * recent.type(i).preference(), false);
                weight *= RECENCY;
                sources++;
            }
        }
    }

    /** What the shopper touched, as sums over its co-occurrences and as the mean direction of its factors. */
    private void loadHistory(RecentInteractions recent, long now) {
        if (history.length != factors.length) {
            history = new float[factors.length];
        }
        Arrays.fill(history, 0f);
        fromItems.clear(index);
        fromBundles.clear(index);
        touched.load(recent, HISTORY_TARGETS, now);
        taste.load(index, touched);
        for (int t = 0; t < touched.size(); t++) {
            float weight = touched.weight(t);
            int ordinal = touched.ordinal(t);
            if (touched.isItem(t)) {
                addToHistory(index.itemAt(ordinal).model(), weight);
                fromItems.add(index.cooccurrencesOfItem(ordinal), weight);
            } else {
                addToHistory(index.bundleModel(ordinal), weight);
                fromBundles.add(index.cooccurrencesOfBundle(ordinal), weight);
            }
        }
        double norm = Factors.norm(history);
        historyNorm = Double.isFinite(norm) ? (float) norm : 0f;
    }

    private void addToHistory(TargetModel model, float weight) {
        if (model != null && model.vector().length == history.length) {
            double norm = Factors.norm(model.vector());
            if (norm > 0 && Double.isFinite(norm)) {
                Factors.addScaled(history, (float) (weight / norm), model.vector());
            }
        }
    }

    private void loadBasket() {
        List<Cart.Line> lines = behavior.cart().lines();
        for (int i = 0; i < lines.size(); i++) {
            int ordinal = index.itemOrdinal(lines.get(i).itemId());
            if (ordinal != CatalogIndex.UNKNOWN) {
                items.cart(ordinal, lines.get(i).quantity());
                BasketCompanions.mark(index, ordinal, items);
                addNeighbors(index.itemAt(ordinal), 1f, true);
            }
        }
        if (behavior.order() == null) {
            return;
        }
        List<String> ordered = behavior.order().items();
        for (int i = 0; i < ordered.size(); i++) {
            int ordinal = index.itemOrdinal(ordered.get(i));
            if (ordinal != CatalogIndex.UNKNOWN) {
                boolean counted = items.has(ordinal, ItemMarks.BASKET);
                items.flag(ordinal, ItemMarks.BASKET | ItemMarks.ORDERED);
                if (!counted) {
                    BasketCompanions.mark(index, ordinal, items);
                    addNeighbors(index.itemAt(ordinal), 1f, true);
                }
            }
        }
    }

    private void addNeighbors(ItemEntry source, float weight, boolean basket) {
        if (weight <= 0) {
            return;
        }
        int[] neighbors = source.neighbors();
        float[] common = source.neighborWeights();
        float root = source.rootPurchases();
        float shrinkage = NEIGHBOR_SHRINKAGE;
        for (int n = 0; n < neighbors.length; n++) {
            float denominator = root * index.rootPurchases(neighbors[n]) + shrinkage;
            if (denominator > 0) {
                float score = weight * common[n] / denominator;
                if (basket) {
                    items.addBasketNeighbor(neighbors[n], score);
                    items.raiseBasketConfidence(neighbors[n], confidence(source, n));
                } else {
                    items.addNeighbor(neighbors[n], score);
                }
            }
        }
    }

    /** Share of the orders with an item that held a neighbour of it too. */
    private static float confidence(ItemEntry source, int neighbor) {
        long purchases = source.model().purchases();
        int common = source.model().neighbors().get(neighbor).orders();
        return purchases <= 0 ? 0f : Math.min(1f, (float) common / purchases);
    }

    private void loadPurchases(TimedCounts purchases, long now) {
        for (int i = 0; i < purchases.size(); i++) {
            long last = purchases.lastTimeAt(i);
            int ordinal = index.itemOrdinal(purchases.hash(i));
            if (ordinal != CatalogIndex.UNKNOWN) {
                double age = Math.max(0, (double) now - last);
                double decayed = purchases.countAt(i) * Math.exp(-Math.log(2) / REPEAT_HALF_LIFE_MILLIS * age);
                items.logCount(ordinal, (float) Math.log1p(purchases.countAt(i)));
                items.bought(
                        ordinal,
                        (float) Math.log(1 + decayed),
                        (float) (1 / (1 + age / RECENCY_MILLIS)),
                        due(purchases, i, age),
                        last);
            } else {
                int bundle = index.bundleOrdinal(purchases.hash(i));
                if (bundle != CatalogIndex.UNKNOWN) {
                    bundles.bought(bundle, last);
                }
            }
        }
    }

    /** 1 where the time since the last purchase is the mean time between two, less the further it is from that. */
    private static float due(TimedCounts purchases, int index, double age) {
        int intervals = purchases.countAt(index) - 1;
        double between =
                intervals < 1 ? 0 : ((double) purchases.lastTimeAt(index) - purchases.firstTimeAt(index)) / intervals;
        return between > 0 && age > 0 ? (float) Math.min(age / between, between / age) : 0f;
    }

    private void loadExposures(TimedCounts exposures) {
        for (int i = 0; i < exposures.size(); i++) {
            int ordinal = index.bundleOrdinal(exposures.hash(i));
            if (ordinal != CatalogIndex.UNKNOWN) {
                bundles.offered(ordinal, exposures.countAt(i), exposures.lastTimeAt(i));
            }
        }
    }

    private void loadCategories(List<Affinity> affinities) {
        for (int i = 0; i < liked; i++) {
            categoryShare[likedCategories[i]] = 0;
        }
        liked = 0;
        float total = 0;
        for (int i = 0; i < affinities.size(); i++) {
            total += affinities.get(i).weight();
        }
        if (!(total > 0)) {
            return;
        }
        for (int i = 0; i < affinities.size() && liked < likedCategories.length; i++) {
            int category = index.category(affinities.get(i).category());
            if (category != CatalogIndex.UNKNOWN) {
                if (category >= categoryShare.length) {
                    categoryShare = Arrays.copyOf(categoryShare, Math.max(category + 1, 2 * categoryShare.length));
                }
                categoryShare[category] = affinities.get(i).weight() / total;
                likedCategories[liked++] = category;
            }
        }
    }

    /** What is known of items. */
    ItemMarks items() {
        return items;
    }

    /** What is known of bundles. */
    BundleMarks bundles() {
        return bundles;
    }

    /** Sum of what all that was touched says for an item. */
    float itemCooccurrence(int item) {
        return fromItems.ofItem(item) + fromBundles.ofItem(item);
    }

    /** Sum of what touched items say for a bundle. */
    float bundleFromItems(int bundle) {
        return fromItems.ofBundle(bundle);
    }

    /** Sum of what touched bundles say for a bundle. */
    float bundleFromBundles(int bundle) {
        return fromBundles.ofBundle(bundle);
    }

    /** Share of the shopper's interest that goes to a category, by its number, 0 to 1; -1 is no category. */
    float categoryShare(int category) {
        return category >= 0 && category < categoryShare.length ? categoryShare[category] : 0f;
    }

    /** What the categories of all that was touched say for others. */
    CategoryTaste taste() {
        return taste;
    }

    /** Ordinal of the bundle that caused the offer, or {@link CatalogIndex#UNKNOWN}. */
    int triggerBundle() {
        return triggerBundle;
    }

    /** Items in what triggered the offer: 1 for an item, 0 for nothing that the index knows. */
    int triggerSize() {
        return triggerSize;
    }

    /** The shopper's factors; empty before the first learning step. */
    float[] factors() {
        return factors;
    }

    /** Their Euclidean length; 0 where they cannot be used. */
    float factorNorm() {
        return factorNorm;
    }

    /** Cosines of factors and history with the bundles, worked out for those with ordinals in [0, bundles). */
    BundleCosines cosines(int bundleCount) {
        cosines.load(this, bundleCount);
        return cosines;
    }

    /** The same, for as many bundles as were asked for. */
    BundleCosines cosines() {
        return cosines;
    }

    /** Sum of the directions of what was touched, the later the more; of the factors' length. */
    float[] history() {
        return history;
    }

    /** Its Euclidean length; 0 where nothing can be said. */
    float historyNorm() {
        return historyNorm;
    }

    /** See {@link CatalogIndex#decayLong}. */
    double decayLong() {
        return decayLong;
    }

    /** See {@link CatalogIndex#decayShort}. */
    double decayShort() {
        return decayShort;
    }

    /** Mean natural logarithm of the unit prices paid. */
    double logPriceMean() {
        return behavior.logPriceMean();
    }

    /** Purchases in that mean. */
    int logPriceCount() {
        return behavior.logPriceCount();
    }
}
