package dev.kombo.ranking.shopper;

import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.catalog.index.BundleFactors;
import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.catalog.index.ContentNeighbors;
import dev.kombo.catalog.index.ContentSearch;
import dev.kombo.catalog.index.FactorSpace;
import dev.kombo.catalog.index.ItemEntry;
import dev.kombo.entity.Entity;
import dev.kombo.math.FactorMath;
import dev.kombo.math.StableHash;
import dev.kombo.profile.Behavior;
import dev.kombo.profile.Cart;
import dev.kombo.profile.CategoryAffinities.Affinity;
import dev.kombo.profile.RecentInteractions;
import dev.kombo.profile.TimedCounts;
import dev.kombo.ranking.RankingRequest;
import dev.kombo.settings.Millis;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ranker's view of one shopper at one moment, as arrays by the index's ordinals, so that each candidate costs a few
 * array reads. Loaded for each event into the same buffers. Not thread-safe.
 *
 * <p>The shopper's factors are the sum over the latest distinct entities of n^-1/4 (VᵀV)^-1/2 v, see
 * {@link FactorSpace}, and the {@link #taste} adds three views of them. They are not stored, so they are always as
 * recent as the entities' factors and in the same basis.
 */
public final class ShopperView {
    /** Half-life of the number of own purchases. */
    public static final double REPEAT_HALF_LIFE_MILLIS = 60 * Millis.DAY;

    /** Age at which a purchase is half as recent as one just made. */
    static final double RECENCY_MILLIS = 14 * Millis.DAY;

    /** Number of latest interactions that count as recent. */
    private static final int RECENT_ITEMS = 20;

    /** Number of latest distinct entities whose factors and contents are summed. */
    private static final int HISTORY_ENTITIES = 50;

    /** Number of latest lines of the basket that count as its latest ones. */
    private static final int LATEST_LINES = 3;

    /** Number of latest lines of the basket whose neighbours are added, so that a large basket costs no more. */
    private static final int MOST_LINES = 20;

    /** Arrays get room for a quarter more. */
    private static final int SPARE_PART = 4;

    private final CatalogIndex index;
    private final ShopperItems items = new ShopperItems();
    private final ShopperBundles bundles = new ShopperBundles();
    private final NeighborSums neighbors;
    private final LevelFit levels;
    private final CartDiscount cartDiscount;
    private final HoldingsLikelihood holdings;
    private final RecentEntities interacted;
    private final CategoryPreference preference;
    private final ContentSearch contents = new ContentSearch();
    private float[] categoryShare = new float[16];
    private final int[] likedCategories = new int[64];
    private int liked;
    private int triggerBundle;
    private int triggerSize;
    private FactorSpace space;
    private float[] user = {};
    private float[] taste = {};
    private float tasteNorm;
    private float[] bundleSum = {};
    private float[] memberSum = {};
    private float[] views = {};
    private float[] members = {};
    private float[] purchaseFactors = {};
    private float purchaseNorm;
    private float[] products = {};
    private int productCount;
    private double decayLong;
    private double decayShort;
    private Behavior behavior;

    @SuppressWarnings("NullAway.Init") // The shopper is set by load.
    public ShopperView(CatalogIndex index) {
        this.index = index;
        interacted = new RecentEntities(index, HISTORY_ENTITIES);
        neighbors = new NeighborSums(index);
        preference = new CategoryPreference(index);
        levels = new LevelFit(index);
        cartDiscount = new CartDiscount(index, items);
        holdings = new HoldingsLikelihood(index, items, levels);
    }

    /** Loads the shopper of a request. */
    public void load(RankingRequest request) {
        behavior = request.behavior();
        decayLong = index.decayLong(request.now());
        decayShort = index.decayShort(request.now());
        items.clear();
        bundles.clear();
        loadTrigger(request.trigger());
        loadRecent(behavior.recent());
        loadHistory(behavior.recent());
        loadBasket();
        cartDiscount.load(behavior.cart());
        loadPurchases(behavior.purchases(), request.now());
        loadExposures(behavior.exposures());
        loadCategories(behavior.categories().strongestFirst());
        holdings.load(behavior.holdings());
        // A price must not follow from who somebody is.
        levels.load(behavior.levels(), request.goal().discounts().length == 0);
    }

    private void loadTrigger(@Nullable String trigger) {
        triggerBundle = CatalogIndex.UNKNOWN;
        triggerSize = 0;
        if (trigger == null) {
            return;
        }
        long hash = StableHash.of(trigger);
        if (Entity.isBundle(trigger)) {
            triggerBundle = index.bundleOrdinal(hash);
            triggerSize = flagMembers(triggerBundle, ShopperItems.TRIGGER);
        } else if (Entity.isItem(trigger)) {
            int ordinal = index.itemOrdinal(hash);
            if (ordinal != CatalogIndex.UNKNOWN) {
                items.flag(ordinal, ShopperItems.TRIGGER);
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
        int sources = 0;
        for (int i = recent.size() - 1; i >= 0 && sources < RECENT_ITEMS; i--) {
            long entity = recent.entity(i);
            int ordinal = index.itemOrdinal(entity);
            if (ordinal == CatalogIndex.UNKNOWN) {
                flagMembers(index.bundleOrdinal(entity), ShopperItems.RECENT);
            } else if (!items.has(ordinal, ShopperItems.RECENT)) {
                items.flag(ordinal, ShopperItems.RECENT);
                sources++;
            }
        }
    }

    /** Sums the factors of the entities in the history, and the similarity of bundles to them. */
    private void loadHistory(RecentInteractions recent) {
        interacted.load(recent);
        preference.load(interacted);
        space = index.factors().space();
        productCount = 0;
        sumFactors();
        neighbors.clear();
        for (int t = 0; t < interacted.size(); t++) {
            if (interacted.isItem(t)) {
                items.flag(interacted.ordinal(t), ShopperItems.INTERACTED);
                if (t < RECENT_ITEMS) {
                    neighbors.add(index.itemAt(interacted.ordinal(t)), interacted.weight(t));
                }
            } else {
                addContents(interacted.ordinal(t), interacted.weight(t));
            }
        }
    }

    /** Sums the history's factors three times: of the items, of the bundles, and of the bundles' members. */
    private void sumFactors() {
        if (user.length != space.factors()) {
            user = new float[space.factors()];
            taste = new float[user.length];
            bundleSum = new float[user.length];
            memberSum = new float[user.length];
            views = new float[user.length];
        }
        Arrays.fill(user, 0f);
        Arrays.fill(taste, 0f);
        Arrays.fill(bundleSum, 0f);
        Arrays.fill(memberSum, 0f);
        // In a loop of its own, so that the processor loads the next vectors while it adds one.
        for (int t = 0; t < interacted.size(); t++) {
            boolean item = interacted.isItem(t);
            space.addInteraction(interacted.slot(t), interacted.weight(t), item ? user : bundleSum);
            float[] members = item ? null : space.bundle(interacted.ordinal(t)).members();
            if (members != null) {
                FactorMath.addScaled(memberSum, interacted.weight(t), members);
            }
        }
        Arrays.fill(views, 0f);
        FactorMath.addUnit(views, user);
        FactorMath.addUnit(views, bundleSum);
        FactorMath.addUnit(views, memberSum);
        FactorMath.addScaled(user, 1f, bundleSum);
        tasteNorm = FactorMath.addUnit(taste, views) > 0 ? 1f : 0f;
    }

    private void addContents(int bundle, float weight) {
        ContentNeighbors alike = index.contentNeighbors(bundle, contents);
        for (int i = 0; i < alike.bundles().length; i++) {
            bundles.addContent(alike.bundles()[i], weight * alike.cosines()[i]);
        }
    }

    private void loadBasket() {
        List<Cart.Line> lines = behavior.cart().lines();
        List<String> ordered =
                behavior.order() == null ? List.of() : behavior.order().items();
        int basket = lines.size() + ordered.size();
        for (int i = 0; i < lines.size(); i++) {
            int ordinal = index.itemOrdinal(lines.get(i).itemId());
            if (ordinal != CatalogIndex.UNKNOWN) {
                items.cart(ordinal, lines.get(i).quantity());
                addNeighbors(ordinal, basket - i);
            }
        }
        for (int i = 0; i < ordered.size(); i++) {
            int ordinal = index.itemOrdinal(ordered.get(i));
            if (ordinal != CatalogIndex.UNKNOWN) {
                boolean counted = items.has(ordinal, ShopperItems.BASKET);
                items.flag(ordinal, ShopperItems.BASKET | ShopperItems.ORDERED);
                // A line of a large cart may have been too old for its neighbours to be added.
                if (!counted || basket > MOST_LINES) {
                    addNeighbors(ordinal, ordered.size() - i);
                }
            }
        }
    }

    /**
     * Adds the neighbours of an item of the basket: their confidence, the share of the orders with the item that also
     * held the neighbour, and how strongly they are associated with it, 0 to 1. An item that shares a bundle with it
     * gets 1. Otherwise the common orders decide: the share of them that chance does not explain, (c - e) / (c + 1) of
     * c, where e = n_i n_j / N are expected, so that a single common order is not taken for a habit.
     *
     * @param fromEnd place of its line from the end of the basket; 1: the latest
     */
    private void addNeighbors(int item, int fromEnd) {
        if (fromEnd > MOST_LINES) {
            return;
        }
        boolean latest = fromEnd <= LATEST_LINES;
        for (int other : index.itemsSharingBundle(item)) {
            items.raiseBasketFit(other, 1f);
        }
        ItemEntry source = index.itemAt(item);
        int[] partners = source.neighbors();
        int[] common = source.neighborOrders();
        long purchases = source.model() == null ? 0 : source.model().purchases();
        double share = source.rootPurchases() * source.rootPurchases() / Math.max(1.0, (double) index.orders());
        for (int n = 0; n < partners.length; n++) {
            double root = index.rootPurchases(partners[n]);
            double beyond = Math.max(0, common[n] - share * root * root);
            float confidence = purchases <= 0 ? 0f : Math.min(1f, (float) common[n] / purchases);
            items.raiseBasket(partners[n], confidence, (float) (beyond / (common[n] + 1.0)), latest);
        }
    }

    private void loadPurchases(TimedCounts purchases, long now) {
        if (purchaseFactors.length != space.factors()) {
            purchaseFactors = new float[space.factors()];
        }
        Arrays.fill(purchaseFactors, 0f);
        for (int i = 0; i < purchases.size(); i++) {
            long last = purchases.lastTimeAt(i);
            int ordinal = index.itemOrdinal(purchases.hash(i));
            if (ordinal != CatalogIndex.UNKNOWN) {
                space.addInteraction(index.factors().slot(purchases.hash(i)), 1f, purchaseFactors);
                double age = Math.max(0, (double) now - last);
                double decayed = purchases.countAt(i) * Math.exp(-Math.log(2) / REPEAT_HALF_LIFE_MILLIS * age);
                items.bought(
                        ordinal,
                        (float) Math.log1p(purchases.countAt(i)),
                        (float) Math.log(1 + decayed),
                        (float) (1 / (1 + age / RECENCY_MILLIS)),
                        last);
            } else {
                int bundle = index.bundleOrdinal(purchases.hash(i));
                if (bundle != CatalogIndex.UNKNOWN) {
                    bundles.bought(bundle, last);
                }
            }
        }
        purchaseNorm = FactorMath.length(purchaseFactors);
    }

    private void loadExposures(TimedCounts exposures) {
        for (int i = 0; i < exposures.size(); i++) {
            int ordinal = index.bundleOrdinal(exposures.hash(i));
            if (ordinal != CatalogIndex.UNKNOWN) {
                bundles.offered(ordinal, exposures, i);
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

    /** What the shopper has to do with items. */
    public ShopperItems items() {
        return items;
    }

    /** Co-purchase sums of items with those of recent interactions. */
    public NeighborSums neighbors() {
        return neighbors;
    }

    /** The shop's own discount on the cart. */
    public CartDiscount cartDiscount() {
        return cartDiscount;
    }

    /** How well the customer's holdings fit items. */
    public HoldingsLikelihood holdings() {
        return holdings;
    }

    /** How well the customer's attributes fit items. */
    public LevelFit levels() {
        return levels;
    }

    /** What the shopper has to do with bundles. */
    public ShopperBundles bundles() {
        return bundles;
    }

    /** A category's share of the shopper's interest, by its number, 0 to 1; -1 stands for no category. */
    public float categoryShare(int category) {
        return category >= 0 && category < categoryShare.length ? categoryShare[category] : 0f;
    }

    /** The shopper's preference for categories. */
    public CategoryPreference preference() {
        return preference;
    }

    /** Ordinal of the bundle that triggered the offer, or {@link CatalogIndex#UNKNOWN}. */
    public int triggerBundle() {
        return triggerBundle;
    }

    /** Number of items in the trigger: 1 for an item, 0 where the index does not know it. */
    public int triggerSize() {
        return triggerSize;
    }

    /** The vectors that the shopper's are compared with. */
    public FactorSpace space() {
        return space;
    }

    /**
     * The direction of the shopper's taste, of length 1 or 0, in the {@link #space}: the sum of three views of the
     * history, each of length 1: its bundles, its items, and its bundles' members. Otherwise many items would drown few
     * bundles.
     */
    public float[] taste() {
        return taste;
    }

    /** Its length: 1, or 0 where nothing is known. */
    public float tasteNorm() {
        return tasteNorm;
    }

    /** The sum of the factors of all items bought, in the {@link #space}. */
    public float[] purchaseFactors() {
        return purchaseFactors;
    }

    /** Its Euclidean length; 0 where nothing is known. */
    public float purchaseNorm() {
        return purchaseNorm;
    }

    /**
     * Products of the shopper's factors with the directions of the bundles with ordinals in [0, bundleCount): one pass
     * over all columns costs less than a few hundred candidates one by one.
     */
    public float[] products(int bundleCount) {
        if (bundleCount > products.length) {
            products = new float[bundleCount + bundleCount / SPARE_PART];
        }
        space.products(user, products, bundleCount);
        productCount = bundleCount;
        return products;
    }

    /** The same for one bundle; 0 where its direction is not known. */
    public float product(int bundle, BundleFactors known) {
        if (bundle < productCount) {
            return products[bundle];
        }
        return known.vector() != null && known.norm() > 0 ? FactorMath.dot(user, known.vector()) / known.norm() : 0f;
    }

    /**
     * The mean direction of the members of a bundle with slots, which may be filled otherwise than in the {@link
     * #space}; null where none is known. Valid until the next call.
     *
     * @param known of the bundle in the space
     */
    @SuppressWarnings("ReferenceEquality") // Only the entry of the index itself has its direction in the space.
    public float @Nullable [] directionOf(BundleEntry filled, BundleFactors known) {
        if (filled == index.bundle(filled.ordinal())) {
            return known.filled();
        }
        if (members.length != space.factors()) {
            members = new float[space.factors()];
        }
        Arrays.fill(members, 0f);
        for (int m = 0; m < filled.size(); m++) {
            float[] vector = space.vector(index.factors().slot(filled.memberHash(m)));
            if (vector != null) {
                FactorMath.addUnit(members, vector);
            }
        }
        return FactorMath.toUnit(members) ? members : null;
    }

    /** See {@link CatalogIndex#decayLong}. */
    public double decayLong() {
        return decayLong;
    }

    /** See {@link CatalogIndex#decayShort}. */
    public double decayShort() {
        return decayShort;
    }

    /** Mean natural logarithm of the unit prices paid. */
    public double logPriceMean() {
        return behavior.logPriceMean();
    }

    /** Number of purchases in that mean. */
    public int logPriceCount() {
        return behavior.logPriceCount();
    }
}
