package dev.kombo.catalog.index;

import dev.kombo.catalog.Bundle;
import dev.kombo.entity.Entity;
import dev.kombo.entity.EntityModel;
import dev.kombo.entity.Item;
import dev.kombo.entity.LevelCounts;
import dev.kombo.entity.RepurchaseCounts;
import dev.kombo.math.StableHash;
import dev.kombo.price.PriceHistories;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue and its models on the heap, as readers see them, so that scoring reads them without decoding. {@link
 * WritableCatalogIndex} is the same object as its writers see it.
 *
 * <p>Any thread reads without a lock and gets immutable snapshots only. A reader may see a bundle a moment before the
 * newest version of its member, but never half of either. Ordinals of items and bundles are never reused; they are
 * local to this index and differ after a restart.
 */
public abstract sealed class CatalogIndex permits WritableCatalogIndex {
    /** Returned for what the index does not know. */
    public static final int UNKNOWN = HashOrdinals.ABSENT;

    /** Prior strength, in orders, of shares of orders with an item that hold another one. */
    public static final double ABSENCE_STRENGTH = 3;

    /** Length of the list of the most popular bundles. */
    private static final int POPULAR_ENTITIES = 200;

    final IndexSettings settings;
    final HashOrdinals itemOrdinals = new HashOrdinals();
    final HashOrdinals bundleOrdinals = new HashOrdinals();
    final Snapshots<ItemEntry> items = new Snapshots<>();
    final Snapshots<BundleEntry> bundles = new Snapshots<>();
    /** Small numbers of categories, never reused. */
    final Map<String, Integer> categories = new ConcurrentHashMap<>();

    final DenseFloats itemRoots = new DenseFloats(0f);
    final DenseFloats bundlePopularities = new DenseFloats(Float.NaN);
    final DenseFloats ownPopularities = new DenseFloats(Float.NaN);
    final AtomicLong popularityVersion = new AtomicLong();
    final FactorIndex factors;
    final ContentIndex contents = new ContentIndex(items, bundles);
    final ItemBundles itemBundles = new ItemBundles(items, bundles, bundlePopularities);
    final OrdinalCache<Double> absences = new OrdinalCache<>();
    private final IntFunction<Double> sumAbsences = this::sumAbsences;
    final PopularEntities popularBundles = new PopularEntities(POPULAR_ENTITIES);
    final EngagementKeys.Totals engagement;
    final RepurchaseRates repurchases = new RepurchaseRates();
    final PriceHistories prices;
    volatile LevelLifts levels = new LevelLifts(items, LevelCounts.NONE);
    final AtomicInteger wideBundles = new AtomicInteger();
    final AtomicLong pricedItems = new AtomicLong();
    final AtomicLong costedItems = new AtomicLong();
    volatile boolean costsKnown;
    volatile CategoryLifts lifts = CategoryLifts.NONE;
    volatile @Nullable EntityModel all;

    CatalogIndex(IndexSettings settings) {
        this.settings = settings;
        prices = new PriceHistories(settings.priorPrice());
        factors = new FactorIndex(settings.factors(), bundles);
        engagement = new EngagementKeys.Totals();
    }

    /** Its settings. */
    public IndexSettings settings() {
        return settings;
    }

    /** What items and bundles cost within 30 days. */
    public PriceHistories prices() {
        return prices;
    }

    /** Whether the catalogue has an entity: an item, an item that a bundle names, a bundle, or {@link Entity#ALL}. */
    public boolean lists(String entity) {
        long hash = StableHash.of(entity);
        int item = itemOrdinals.get(hash);
        if (item != UNKNOWN) {
            return items.get(item).listed();
        }
        int bundle = bundleOrdinals.get(hash);
        return bundle == UNKNOWN
                ? entity.equals(Entity.ALL)
                : bundles.get(bundle).published() != null;
    }

    /**
     * Number of items and bundles with an ordinal in this index, including removed ones, which keep theirs until a
     * restart.
     */
    public int places() {
        return items.size() + bundles.size();
    }

    /**
     * Whether the costs of nearly all items with a price are known: of nine tenths, until they are known of less than
     * eight tenths. So a few items that come or go do not change by what offers are chosen.
     */
    public boolean costsKnown() {
        return costsKnown;
    }

    /** Number of bundles with more members than are accepted for a new one, which earlier versions accepted. */
    public int wideBundles() {
        return wideBundles.get();
    }

    /** Number of levels of customers' attributes that are counted, at most {@link LevelCounts#MOST_LEVELS}. */
    public int customerLevels() {
        EntityModel total = all;
        return total == null ? 0 : total.levels().levels().length;
    }

    /** Whether any return was ever reported. */
    public boolean returnsKnown() {
        EntityModel total = all;
        return total != null && total.interactions() > 0;
    }

    /** The item; null: not known. */
    public @Nullable Item item(String id) {
        int ordinal = itemOrdinal(id);
        return ordinal == UNKNOWN ? null : items.get(ordinal).item();
    }

    /** Ordinal of an item by its id, or {@link #UNKNOWN}. */
    public int itemOrdinal(String id) {
        return itemOrdinals.get(Entity.hashOfItem(id));
    }

    /** Ordinal of an item by its hash as an entity, or {@link #UNKNOWN}. */
    public int itemOrdinal(long entityHash) {
        return itemOrdinals.get(entityHash);
    }

    /** The entry under an item's ordinal; its item and model may be null. */
    public ItemEntry itemAt(int ordinal) {
        return items.get(ordinal);
    }

    /** {@link ItemEntry#rootPurchases} of an item, without loading its entry. */
    public float rootPurchases(int itemOrdinal) {
        return itemRoots.get(itemOrdinal);
    }

    /**
     * Increases with each change of {@link #logPopularitiesLong} and {@link #logOwnPopularities}; callers that cache
     * these read it first.
     */
    public long popularityVersion() {
        return popularityVersion.get();
    }

    /**
     * {@link BundleEntry#logPopularityLong}, in float precision, of the bundles with ordinals in [0, count), at most
     * {@link #bundleCount}; NaN where the bundle was removed or is not known yet.
     */
    public void logPopularitiesLong(float[] popularities, int count) {
        bundlePopularities.copy(popularities, count);
    }

    /** {@link BundleEntry#logOwnPopularity} of these bundles. */
    public void logOwnPopularities(float[] popularities, int count) {
        ownPopularities.copy(popularities, count);
    }

    /** Number of item ordinals assigned so far: all lie in [0, this). */
    public int itemCount() {
        return items.size();
    }

    /** The bundle; null: not known. */
    public @Nullable BundleEntry bundle(String id) {
        int ordinal = bundleOrdinal(id);
        return ordinal == UNKNOWN ? null : bundle(ordinal);
    }

    /** The bundle under an ordinal in [0, {@link #bundleCount}); null where it was removed or is not known yet. */
    public @Nullable BundleEntry bundle(int ordinal) {
        BundleEntry entry = bundles.get(ordinal);
        return entry.published() == null ? null : entry;
    }

    /** The entry of a bundle, which has slots, if they are filled otherwise. */
    public BundleEntry filled(BundleEntry entry, SlotFill fill) {
        Bundle published = Objects.requireNonNull(entry.published());
        return BundleAssembly.of(fill.members(published), id -> items.get(itemOrdinal(id)))
                .build(entry, published, fill, entry.model(), List.of(), settings);
    }

    /** Hash of the bundle under an ordinal in [0, {@link #bundleCount}) as an entity, removed or not. */
    public long bundleHash(int ordinal) {
        return bundles.get(ordinal).hash();
    }

    /** Ordinal of a bundle by its id, or {@link #UNKNOWN}. */
    public int bundleOrdinal(String id) {
        return bundleOrdinals.get(Entity.hashOfBundle(id));
    }

    /** Ordinal of a bundle by its hash as an entity, or {@link #UNKNOWN}. */
    public int bundleOrdinal(long entityHash) {
        return bundleOrdinals.get(entityHash);
    }

    /** Number of bundle ordinals assigned so far, including removed bundles: all lie in [0, this). */
    public int bundleCount() {
        return bundles.size();
    }

    /** Ordinals of the bundles that contain an item, in a fixed order; must not be written. */
    public int[] bundlesOfItem(int itemOrdinal) {
        return items.get(itemOrdinal).bundles();
    }

    /**
     * Ordinals of the most popular bundles that contain an item, up to 25, most popular first; of an item in 25 or
     * fewer, all of them in a fixed order. Of an item in more than 1,000 bundles, only 1,000 are examined. Must not be
     * written.
     */
    public int[] popularBundlesOfItem(int itemOrdinal) {
        return itemBundles.popular(itemOrdinal);
    }

    /** Ordinals of the items that share a bundle with an item, of 100 bundles at most; must not be written. */
    public int[] itemsSharingBundle(int itemOrdinal) {
        return itemBundles.sharing(itemOrdinal);
    }

    /**
     * The bundles with the most similar members.
     *
     * @param search the caller's buffers
     */
    public ContentNeighbors contentNeighbors(int bundleOrdinal, ContentSearch search) {
        return contents.of(bundleOrdinal, search);
    }

    /** The factor vectors. */
    public FactorIndex factors() {
        return factors;
    }

    /** The model of an entity; null: none. */
    public @Nullable EntityModel model(String entity) {
        return entity.equals(Entity.ALL) ? all : model(StableHash.of(entity));
    }

    /** The model of an item or bundle by its hash as an entity; null: none. */
    public @Nullable EntityModel model(long entityHash) {
        int item = itemOrdinals.get(entityHash);
        if (item != UNKNOWN) {
            return items.get(item).model();
        }
        int bundle = bundleOrdinals.get(entityHash);
        return bundle == UNKNOWN ? null : bundles.get(bundle).model();
    }

    /**
     * Sum over the neighbours of an item of ln (1 - p): p is the share of orders with the item that also hold the
     * neighbour, see {@link #logAbsence(double, double)}.
     */
    public double logAbsence(int item) {
        Double kept = absences.kept(item);
        return kept != null ? kept : absences.derive(item, sumAbsences);
    }

    private double sumAbsences(int item) {
        ItemEntry entry = items.get(item);
        double purchases = entry.model() == null ? 0 : entry.model().purchases();
        double sum = 0;
        for (int common : entry.neighborOrders()) {
            sum += logAbsence(common, purchases);
        }
        return sum;
    }

    /**
     * ln (1 - p) of a neighbour with some common orders, of an item with some orders; {@link #ABSENCE_STRENGTH} more
     * count as without it.
     */
    public static double logAbsence(double common, double orders) {
        return Math.log((Math.max(0, orders - common) + ABSENCE_STRENGTH) / (Math.max(0, orders) + ABSENCE_STRENGTH));
    }

    /** Estimated probability that a buyer of an item buys it again, 0 to 1; see {@link RepurchaseCounts}. */
    public double repurchaseRate(int item, long now) {
        return repurchases.of(items.get(item), now);
    }

    /** Closed orders counted so far. */
    public long orders() {
        EntityModel total = all;
        return total == null ? 0 : total.purchases();
    }

    /** How much likelier customers with a level of an attribute take items. */
    public LevelLifts levels() {
        return levels;
    }

    /** Number of a category, or {@link #UNKNOWN}. */
    public int category(String name) {
        return categories.getOrDefault(name, UNKNOWN);
    }

    /** Number of categories so far: all numbers lie in [0, this). */
    public int categoryCount() {
        return categories.size();
    }

    /** Lifts between categories, or between clusters of items without one. */
    public CategoryLifts categoryLifts() {
        return lifts;
    }

    /** Ordinals of the bundles with the highest long-term popularity, highest first; must not be written. */
    public int[] popularBundles() {
        return popularBundles.top();
    }

    /** What to subtract from {@link BundleEntry#logPopularityShort} for its value at a time, epoch milliseconds. */
    public double decayShort(long time) {
        return LogPopularity.decay(time, settings.popularity().shortHalfLifeMillis());
    }

    /** What to subtract from {@link BundleEntry#logPopularityLong} for its value at a time, epoch milliseconds. */
    public double decayLong(long time) {
        return LogPopularity.decay(time, settings.popularity().longHalfLifeMillis());
    }

    /**
     * The prior engagement of any bundle's offers, at a time in epoch milliseconds: as many impressions as the prior is
     * strong, with the clicks and conversions that the rates over all bundles give them. Comparable with {@link
     * BundleEntry#engagement}; negative infinity where nothing is known.
     */
    public EngagementKeys priorEngagement(long time) {
        return engagement.prior(time);
    }
}
