package dev.kombo.catalog.index;

import dev.kombo.catalog.Bundle;
import dev.kombo.catalog.BundleMember;
import dev.kombo.catalog.Entity;
import dev.kombo.catalog.EntityModel;
import dev.kombo.catalog.Item;
import dev.kombo.catalog.Neighbor;
import dev.kombo.catalog.StableHash;
import dev.kombo.catalog.index.BundleContent.ContentNeighbors;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Holds the catalogue and its models on the heap, so that scoring reads them without decoding. Items, bundles and
 * models may arrive in any order and repeatedly; the contents depend only on the latest of each.
 *
 * <p>Written by one thread at a time: the methods that write are synchronized, because the global thread of Kafka
 * Streams writes and a stream thread may {@link #refresh}. Any thread reads without a lock and gets immutable snapshots
 * only. A reader may see a bundle a moment before the newest version of its member, but never half of either. Ordinals
 * of items and bundles are never reused; they are local to this index and differ after a restart.
 */
public final class CatalogIndex {
    /** Returned for what the index does not know. */
    public static final int UNKNOWN = HashOrdinals.ABSENT;

    /** Length of the list of the most popular bundles. */
    private static final int POPULAR_TARGETS = 200;

    private final IndexSettings settings;
    private final HashOrdinals itemOrdinals = new HashOrdinals();
    private final HashOrdinals bundleOrdinals = new HashOrdinals();
    private final Snapshots<ItemEntry> items = new Snapshots<>();
    private final Snapshots<BundleEntry> bundles = new Snapshots<>();
    private final CategoryNumbers categories = new CategoryNumbers();
    private final DenseFloats itemRoots = new DenseFloats(0f);
    private final DenseFloats bundlePopularities = new DenseFloats(Float.NaN);
    private final DenseFloats ownPopularities = new DenseFloats(Float.NaN);
    private final AtomicLong popularityVersion = new AtomicLong();
    private final FactorIndex factors;
    private final BundleLinks links = new BundleLinks(items, bundles);
    private final ContentIndex contents = new ContentIndex(items, bundles);
    private final PopularEntities popularBundles;
    private final ResponseKeys.Totals responses;
    private final BitSet outdated = new BitSet();
    private boolean recategorized;
    private volatile CategoryLifts lifts = CategoryLifts.NONE;
    private volatile EntityModel all;

    /** Creates an empty index. */
    public CatalogIndex(IndexSettings settings) {
        this.settings = settings;
        factors = new FactorIndex(settings.massHalfLifeMillis(), bundles);
        popularBundles = new PopularEntities(POPULAR_TARGETS);
        responses = new ResponseKeys.Totals(settings.responses());
    }

    /** Its settings. */
    public IndexSettings settings() {
        return settings;
    }

    /** Adds or replaces an item. */
    public synchronized void putItem(Item item) {
        ItemEntry entry = itemOf(item.id());
        replace(entry.withItem(item, categories.add(item.category())));
    }

    /** Removes an item; bundles that contain it lose their price. */
    public synchronized void removeItem(String id) {
        int ordinal = itemOrdinal(id);
        if (ordinal != UNKNOWN) {
            replace(items.get(ordinal).withItem(null, UNKNOWN));
        }
    }

    /** Adds or replaces a bundle. */
    public synchronized void putBundle(Bundle bundle) {
        BundleEntry before = bundleOf(StableHash.of(Entity.ofBundle(bundle.id())));
        BundleEntry after = assemble(before, bundle, before.model());
        relink(before, after);
        popularBundles.publish();
    }

    /** Removes a bundle. Its model stays until it is removed. */
    public synchronized void removeBundle(String id) {
        int ordinal = bundleOrdinal(id);
        if (ordinal != UNKNOWN) {
            BundleEntry before = bundles.get(ordinal);
            relink(before, assemble(before, null, before.model()));
            popularBundles.publish();
        }
    }

    private void relink(BundleEntry before, BundleEntry after) {
        boolean changed = !after.sameMembers(before);
        links.unlink(before, after);
        if (changed) {
            contents.forget(before);
        }
        replace(after);
        links.link(after);
        if (changed) {
            contents.forget(after);
        }
    }

    /** Adds or replaces the model of an entity. */
    public synchronized void putModel(EntityModel model) {
        putModelLater(model);
        refresh();
    }

    /**
     * Adds or replaces the model of an entity, but updates the bundles that contain it only at the next {@link
     * #refresh}: of many models that arrive together, each bundle is rebuilt once instead of once per member.
     */
    public synchronized void putModelLater(EntityModel model) {
        String entity = model.entity();
        if (Entity.isItem(entity)) {
            putItemModel(model);
        } else if (Entity.isBundle(entity)) {
            BundleEntry before = bundleOf(StableHash.of(entity));
            factors.put(before.hash(), model);
            responses.replace(before.model(), model);
            replace(reassemble(before, model));
            popularBundles.publish();
        } else if (entity.equals(Entity.ALL)) {
            all = model;
        }
    }

    private void putItemModel(EntityModel model) {
        ItemEntry entry = itemOf(Entity.idOf(model.entity()));
        List<Neighbor> neighbors = model.neighbors();
        int[] partners = new int[neighbors.size()];
        float[] weights = new float[partners.length];
        for (int i = 0; i < partners.length; i++) {
            partners[i] = itemOf(neighbors.get(i).itemId()).ordinal();
            weights[i] = neighbors.get(i).weight();
        }
        factors.put(entry.hash(), model);
        replaceAlone(items.get(entry.ordinal()).withModel(model, partners, weights, settings));
        for (int ordinal : items.get(entry.ordinal()).bundles()) {
            outdated.set(ordinal);
        }
    }

    /**
     * Rebuilds the bundles that {@link #putModelLater} left outdated, and recomputes category lifts where due. If a
     * bundle fails, it stays as it was; the others follow at the next call.
     */
    public synchronized void refresh() {
        if (recategorized) {
            recategorized = false;
            lifts = CategoryLifts.of(factors, items, categories.size());
        }
        if (outdated.isEmpty()) {
            return;
        }
        for (int ordinal = outdated.nextSetBit(0); ordinal >= 0; ordinal = outdated.nextSetBit(ordinal + 1)) {
            // Cleared first; otherwise a bundle that fails would be retried for ever and block those behind it.
            outdated.clear(ordinal);
            BundleEntry before = bundles.get(ordinal);
            replace(reassemble(before, before.model()));
        }
        popularBundles.publish();
    }

    /** Removes the model of an entity. */
    public synchronized void removeModel(String entity) {
        if (Entity.isItem(entity)) {
            int ordinal = itemOrdinals.get(StableHash.of(entity));
            if (ordinal != UNKNOWN) {
                factors.remove(items.get(ordinal).hash());
                replace(items.get(ordinal).withoutModel());
            }
        } else if (Entity.isBundle(entity)) {
            int ordinal = bundleOrdinals.get(StableHash.of(entity));
            if (ordinal != UNKNOWN) {
                BundleEntry before = bundles.get(ordinal);
                factors.remove(before.hash());
                responses.replace(before.model(), null);
                replace(reassemble(before, null));
                popularBundles.publish();
            }
        } else if (entity.equals(Entity.ALL)) {
            all = null;
        }
    }

    /**
     * Adds or replaces only the vector of an entity, as reported by a sweep.
     *
     * @param partner the first 40 bits of the entity's hash
     * @param vector not copied, never written; empty where the entity no longer has one
     */
    public synchronized void putVector(long partner, int generation, float[] vector) {
        factors.put(partner, generation, vector);
    }

    /**
     * Activates a generation: its vectors that were put before are whitened and appear to readers all at once; those
     * put from now on are whitened as they arrive.
     *
     * @param whitening symmetric inverse root of VᵀV over its vectors, row by row; not copied, never written
     */
    public synchronized void beginGeneration(int generation, float[][] whitening) {
        factors.begin(generation, whitening);
        lifts = CategoryLifts.of(factors, items, categories.size());
    }

    private ItemEntry itemOf(String id) {
        long hash = StableHash.of(Entity.ofItem(id));
        int ordinal = itemOrdinals.get(hash);
        if (ordinal == UNKNOWN) {
            ordinal = items.size();
            items.append(ItemEntry.unknown(ordinal, hash));
            itemOrdinals.add(hash, ordinal);
        }
        return items.get(ordinal);
    }

    private BundleEntry bundleOf(long hash) {
        int ordinal = bundleOrdinals.get(hash);
        if (ordinal == UNKNOWN) {
            ordinal = bundles.size();
            bundles.append(BundleAssembly.unknown(ordinal, hash, settings));
            bundleOrdinals.add(hash, ordinal);
        }
        return bundles.get(ordinal);
    }

    private void replace(ItemEntry entry) {
        replaceAlone(entry);
        for (int ordinal : entry.bundles()) {
            BundleEntry before = bundles.get(ordinal);
            replace(reassemble(before, before.model()));
        }
        popularBundles.publish();
    }

    private void replaceAlone(ItemEntry entry) {
        ItemEntry before = items.get(entry.ordinal());
        items.set(entry.ordinal(), entry);
        recategorized |= before.category() != entry.category();
        itemRoots.set(entry.ordinal(), entry.rootPurchases());
    }

    private void replace(BundleEntry entry) {
        bundles.set(entry.ordinal(), entry);
        factors.assemble(entry);
        boolean changed = bundlePopularities.change(
                entry.ordinal(), entry.bundle() == null ? Float.NaN : (float) entry.logPopularityLong());
        changed |= ownPopularities.change(entry.ordinal(), (float) entry.logOwnPopularity());
        if (changed) {
            popularityVersion.lazySet(popularityVersion.get() + 1);
        }
        if (entry.bundle() == null) {
            popularBundles.remove(entry.ordinal());
        } else {
            popularBundles.put(entry.ordinal(), entry.hash(), entry.logPopularityLong());
        }
    }

    /** The bundle with its latest members and another model; its list of members is unchanged. */
    private BundleEntry reassemble(BundleEntry before, EntityModel model) {
        ItemEntry[] members = new ItemEntry[before.size()];
        int[] quantities = new int[members.length];
        for (int m = 0; m < members.length; m++) {
            members[m] = items.get(before.member(m));
            quantities[m] = before.quantity(m);
        }
        return new BundleEntry(before.ordinal(), before.hash(), before.bundle(), model, members, quantities, settings);
    }

    private BundleEntry assemble(BundleEntry before, Bundle bundle, EntityModel model) {
        List<BundleMember> named = bundle == null ? List.of() : bundle.members();
        BundleAssembly assembly = new BundleAssembly(named.size());
        for (BundleMember member : named) {
            assembly.add(itemOf(member.itemId()), member.quantity());
        }
        return assembly.build(before, bundle, model, settings);
    }

    /** Whether the catalogue has an entity: an item, an item that a bundle names, a bundle, or {@link Entity#ALL}. */
    public boolean lists(String entity) {
        long hash = StableHash.of(entity);
        if (Entity.isItem(entity)) {
            int ordinal = itemOrdinals.get(hash);
            return ordinal != UNKNOWN && items.get(ordinal).listed();
        }
        int ordinal = bundleOrdinals.get(hash);
        return ordinal == UNKNOWN
                ? entity.equals(Entity.ALL)
                : bundles.get(ordinal).bundle() != null;
    }

    /**
     * Number of items and bundles with an ordinal in this index, including removed ones, which keep theirs until a
     * restart.
     */
    public int places() {
        return items.size() + bundles.size();
    }

    /** The item, or null. */
    public Item item(String id) {
        int ordinal = itemOrdinal(id);
        return ordinal == UNKNOWN ? null : items.get(ordinal).item();
    }

    /** Ordinal of an item by its id, or {@link #UNKNOWN}. */
    public int itemOrdinal(String id) {
        return itemOrdinals.get(StableHash.of(Entity.ofItem(id)));
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
     * {@link BundleEntry#logPopularityLong} of a bundle in float precision, without loading its entry; NaN where the
     * bundle was removed or is not known yet.
     */
    public float logPopularityLong(int bundleOrdinal) {
        return bundlePopularities.get(bundleOrdinal);
    }

    /**
     * Increases with each change of {@link #logPopularitiesLong} and {@link #logOwnPopularities}; callers that cache
     * these read it first.
     */
    public long popularityVersion() {
        return popularityVersion.get();
    }

    /** {@link #logPopularityLong} of the bundles with ordinals in [0, count), at most {@link #bundleCount}. */
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

    /** The bundle, or null. */
    public BundleEntry bundle(String id) {
        int ordinal = bundleOrdinal(id);
        return ordinal == UNKNOWN ? null : bundle(ordinal);
    }

    /** The bundle under an ordinal in [0, {@link #bundleCount}); null where it was removed or is not known yet. */
    public BundleEntry bundle(int ordinal) {
        BundleEntry entry = bundles.get(ordinal);
        return entry.bundle() == null ? null : entry;
    }

    /** Hash of the bundle under an ordinal in [0, {@link #bundleCount}) as an entity, removed or not. */
    public long bundleHash(int ordinal) {
        return bundles.get(ordinal).hash();
    }

    /** Ordinal of a bundle by its id, or {@link #UNKNOWN}. */
    public int bundleOrdinal(String id) {
        return bundleOrdinals.get(StableHash.of(Entity.ofBundle(id)));
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

    /** The model of an entity, or null. */
    public EntityModel model(String entity) {
        if (Entity.isItem(entity)) {
            int ordinal = itemOrdinals.get(StableHash.of(entity));
            return ordinal == UNKNOWN ? null : items.get(ordinal).model();
        }
        if (Entity.isBundle(entity)) {
            int ordinal = bundleOrdinals.get(StableHash.of(entity));
            return ordinal == UNKNOWN ? null : bundles.get(ordinal).model();
        }
        return entity.equals(Entity.ALL) ? all : null;
    }

    /** The model of an item or bundle by its hash as an entity, or null. */
    public EntityModel model(long entityHash) {
        int item = itemOrdinals.get(entityHash);
        if (item != UNKNOWN) {
            return items.get(item).model();
        }
        int bundle = bundleOrdinals.get(entityHash);
        return bundle == UNKNOWN ? null : bundles.get(bundle).model();
    }

    /** Closed orders counted so far. */
    public long orders() {
        EntityModel total = all;
        return total == null ? 0 : total.purchases();
    }

    /** Number of a category, or {@link #UNKNOWN}. */
    public int category(String name) {
        return categories.get(name);
    }

    /** Number of categories so far: all numbers lie in [0, this). */
    public int categoryCount() {
        return categories.size();
    }

    /**
     * Lift of interactions between two categories, by their numbers: how much more likely a shopper who interacted with
     * an item of the first is to interact with items of the second; 0 or more, and 1 where nothing is known.
     */
    public float categoryLift(int touched, int category) {
        return lifts.of(touched, category);
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
     * BundleEntry#responses}; negative infinity where nothing is known.
     */
    public ResponseKeys priorResponses(long time) {
        return responses.prior(time);
    }
}
