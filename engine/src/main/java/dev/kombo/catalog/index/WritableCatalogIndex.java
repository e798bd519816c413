package dev.kombo.catalog.index;

import dev.kombo.catalog.Bundle;
import dev.kombo.catalog.CatalogRules;
import dev.kombo.entity.BundleMember;
import dev.kombo.entity.Entity;
import dev.kombo.entity.EntityModel;
import dev.kombo.entity.Item;
import dev.kombo.entity.Neighbor;
import dev.kombo.math.StableHash;
import dev.kombo.price.PriceHistories.Price;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue index as its writers see it. Items, bundles and models may arrive in any order and repeatedly; the
 * contents depend only on the latest of each.
 *
 * <p>One thread writes at a time. All methods are synchronized, because one thread feeds the index and the thread of a
 * task may {@link #refresh} it.
 */
public final class WritableCatalogIndex extends CatalogIndex {
    /**
     * An item that more bundles contain does not rebuild those with slots at once: a popular item fills slots of many,
     * and its stock changes often.
     */
    private static final int MOST_AT_ONCE = 100;

    /** Clusters are formed anew where more than one item of so many has none. */
    private static final long UNCLUSTERED_PART = 4;

    /** Tenths of the priced items that need a cost before costs count as known, and below which they no longer do. */
    private static final long KNOWN_TENTHS = 9;

    private static final long STILL_KNOWN_TENTHS = 8;
    private static final long TENTHS = 10;

    private final BundleLinks links = new BundleLinks(items, bundles);
    /** Bundles that do not show yet what the catalogue says, or whose slots may be filled otherwise. */
    private final BitSet outdated = new BitSet();
    /** Bundles that do not show yet the models of their members; wide ones, too, that do not show a changed item. */
    private final BitSet behind = new BitSet();
    /** Ordinal with which the next rebuild of some of those behind begins. */
    private int nextBehind;
    /** How many members and pairs of members were read to build bundles. */
    private long rebuildCost;
    /** Of these, the pairs. */
    private long pairs;

    private final SlotSets slots = new SlotSets(this, outdated);
    private boolean recategorized;
    private int unclustered;
    private long changedAt;

    /** Creates an empty index. */
    public WritableCatalogIndex(IndexSettings settings) {
        super(settings);
    }

    /** Says when the following changes of the catalogue were made, epoch milliseconds. */
    public synchronized void changedAt(long time) {
        changedAt = time;
    }

    /** Adds or replaces an item. */
    public synchronized void putItem(Item item) {
        putItemLater(item);
        rebuildOutdated();
    }

    /**
     * Adds or replaces an item; slots that it may fill, or no longer may, follow at the next {@link #refresh}, and so
     * do bundles with slots where many contain it. Bundles of more than {@link CatalogRules#MOST_MEMBERS} members
     * follow at one of the next.
     */
    public synchronized void putItemLater(Item item) {
        ItemEntry entry = itemOf(item.id());
        replace(entry.withItem(item, numberOf(item.category())));
    }

    /** Removes an item; bundles that contain it lose their price, and slots are filled with another. */
    public synchronized void removeItem(String id) {
        int ordinal = itemOrdinal(id);
        if (ordinal != UNKNOWN) {
            replace(items.get(ordinal).withItem(null, UNKNOWN));
            rebuildOutdated();
        }
    }

    /** Adds or replaces a bundle. */
    public synchronized void putBundle(Bundle bundle) {
        BundleEntry before = bundleOf(Entity.hashOfBundle(bundle.id()));
        SlotPlan plan = slots.plan(before, bundle);
        slots.forget(before, plan);
        relink(before, assemble(before, bundle, fill(plan)));
        popularBundles.publish();
    }

    /** Removes a bundle. Its model stays until it is removed. */
    public synchronized void removeBundle(String id) {
        int ordinal = bundleOrdinal(id);
        if (ordinal != UNKNOWN) {
            BundleEntry before = bundles.get(ordinal);
            slots.forget(before, null);
            relink(before, assemble(before, null, SlotFill.NONE));
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
            itemBundles.changedMembers(before);
            itemBundles.changedMembers(after);
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
            engagement.replace(before.model(), model);
            replace(reassemble(before, model));
            popularBundles.publish();
        } else if (entity.equals(Entity.ALL)) {
            all = model;
            if (levels.outgrown(model.levels())) {
                levels = new LevelLifts(items, model.levels());
            }
        }
    }

    private void putItemModel(EntityModel model) {
        ItemEntry entry = itemOf(Entity.idOf(model.entity()));
        List<Neighbor> neighbors = model.neighbors();
        int[] partners = new int[neighbors.size()];
        float[] weights = new float[partners.length];
        int[] orders = new int[partners.length];
        for (int i = 0; i < partners.length; i++) {
            partners[i] = itemOf(neighbors.get(i).itemId()).ordinal();
            weights[i] = neighbors.get(i).weight();
            orders[i] = neighbors.get(i).orders();
        }
        factors.put(entry.hash(), model);
        replaceAlone(items.get(entry.ordinal()).withModel(model, partners, weights, orders, settings));
        for (int ordinal : items.get(entry.ordinal()).bundles()) {
            behind.set(ordinal);
        }
    }

    /**
     * Rebuilds the bundles that {@link #putModelLater} and {@link #putItemLater} left outdated, and recomputes category
     * lifts where due. If a bundle fails, it stays as it was; the others follow at the next call.
     */
    public synchronized void refresh() {
        refresh(Integer.MAX_VALUE, Long.MAX_VALUE);
    }

    /**
     * The same, but with only some of the bundles whose members have new models; the next call goes on with those
     * behind them. What the catalogue says shows at once, except of an item in a bundle of more than {@link
     * CatalogRules#MOST_MEMBERS} members.
     *
     * @param mostBundles most of these bundles to rebuild
     * @param mostCost number of members and pairs of members after which no further one is begun: a wide bundle takes
     *     as long as a thousand others
     * @return whether some are left
     */
    public synchronized boolean refresh(int mostBundles, long mostCost) {
        if (UNCLUSTERED_PART * unclustered > items.size() && lifts != CategoryLifts.NONE) {
            // At a start, the factors in force may arrive before most items.
            formClusters();
        } else if (recategorized) {
            recategorized = false;
            lifts = CategoryLifts.of(lifts.clusters, factors, items, categories.size());
        }
        rebuildOutdated();
        rebuildBehind(mostBundles, mostCost);
        return !behind.isEmpty();
    }

    private void rebuildOutdated() {
        if (outdated.isEmpty()) {
            return;
        }
        for (int ordinal = outdated.nextSetBit(0); ordinal >= 0; ordinal = outdated.nextSetBit(ordinal + 1)) {
            rebuild(ordinal);
        }
        popularBundles.publish();
    }

    private void rebuildBehind(int mostBundles, long mostCost) {
        if (behind.isEmpty()) {
            return;
        }
        long begun = rebuildCost;
        for (int left = mostBundles; left > 0 && rebuildCost - begun < mostCost && !behind.isEmpty(); left--) {
            int next = behind.nextSetBit(nextBehind);
            int ordinal = next < 0 ? behind.nextSetBit(0) : next;
            nextBehind = ordinal + 1;
            rebuild(ordinal);
        }
        popularBundles.publish();
    }

    private void rebuild(int ordinal) {
        // Cleared first; otherwise a bundle that fails would be retried for ever and block those behind it.
        outdated.clear(ordinal);
        behind.clear(ordinal);
        BundleEntry before = bundles.get(ordinal);
        Bundle published = before.published();
        SlotFill fill = fill(before.fill().plan());
        if (published == null || fill.equals(before.fill())) {
            replace(reassemble(before, before.model()));
        } else {
            relink(before, assemble(before, published, fill));
        }
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
                engagement.replace(before.model(), null);
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
        formClusters();
    }

    /** The number of a category; assigns one where it has none. */
    private int numberOf(@Nullable String category) {
        if (category == null) {
            return UNKNOWN;
        }
        int next = categories.size();
        Integer known = categories.putIfAbsent(category, next);
        return known == null ? next : known;
    }

    private void formClusters() {
        unclustered = 0;
        recategorized = false;
        lifts = CategoryLifts.of(ItemClusters.of(factors, items), factors, items, categories.size());
    }

    private ItemEntry itemOf(String id) {
        long hash = Entity.hashOfItem(id);
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
        boolean many = entry.bundles().length > MOST_AT_ONCE;
        for (int ordinal : entry.bundles()) {
            BundleEntry before = bundles.get(ordinal);
            if (before.wide()) {
                behind.set(ordinal);
            } else if (many && before.fill().plan() != null) {
                outdated.set(ordinal);
            } else {
                replace(reassemble(before, before.model()));
            }
        }
        popularBundles.publish();
    }

    private void replaceAlone(ItemEntry entry) {
        ItemEntry before = items.get(entry.ordinal());
        items.set(entry.ordinal(), entry);
        Item item = entry.item() == null ? before.item() : entry.item();
        if (item != null && !Objects.equals(before.item(), entry.item())) {
            prices.changed(Entity.ofItem(item.id()), price(before), price(entry), changedAt);
        }
        pricedItems.addAndGet(count(entry.priced()) - count(before.priced()));
        costedItems.addAndGet(count(entry.costed()) - count(before.costed()));
        long costed = costedItems.get();
        slots.changed(before, entry);
        costsKnown =
                costed > 0 && TENTHS * costed >= (costsKnown ? STILL_KNOWN_TENTHS : KNOWN_TENTHS) * pricedItems.get();
        absences.forget(entry.ordinal());
        repurchases.replace(before, entry);
        levels.forget(entry.ordinal());
        recategorized |= before.category() != entry.category();
        unclustered += count(entry.clustered() && !before.clustered());
        itemRoots.set(entry.ordinal(), entry.rootPurchases());
    }

    private static Price price(ItemEntry entry) {
        Item item = entry.item();
        return item == null || !item.priced() ? Price.NONE : new Price(item.currency(), item.priceMinor());
    }

    /** A price that follows from what fills the slots is another one in each offer: it has no history. */
    private static Price price(BundleEntry entry) {
        Bundle published = entry.published();
        if (published == null || !entry.priced() || published.priceless()) {
            return Price.NONE;
        }
        boolean filled = !published.slots().isEmpty()
                && (!published.priceRule().isFixed() || published.origin() == Bundle.Origin.MINED);
        return filled ? Price.NONE : new Price(published.currency(), entry.priceMinor());
    }

    private static int count(boolean yes) {
        return yes ? 1 : 0;
    }

    private void replace(BundleEntry entry) {
        BundleEntry before = bundles.get(entry.ordinal());
        bundles.set(entry.ordinal(), entry);
        Bundle bundle = entry.published() == null ? before.published() : entry.published();
        boolean priced = !Objects.equals(before.published(), entry.published())
                || before.priceMinor() != entry.priceMinor()
                || before.priced() != entry.priced();
        if (bundle != null && priced) {
            prices.changed(Entity.ofBundle(bundle.id()), price(before), price(entry), changedAt);
        }
        wideBundles.addAndGet(count(entry.wide()) - count(before.wide()));
        factors.assemble(entry);
        boolean changed = bundlePopularities.change(
                entry.ordinal(), entry.published() == null ? Float.NaN : (float) entry.logPopularityLong());
        if (changed) {
            itemBundles.changedPopularity(entry);
        }
        changed |= ownPopularities.change(entry.ordinal(), (float) entry.logOwnPopularity());
        if (changed) {
            popularityVersion.lazySet(popularityVersion.get() + 1);
        }
        if (entry.published() == null) {
            popularBundles.remove(entry.ordinal());
        } else {
            popularBundles.put(entry.ordinal(), entry.hash(), entry.logPopularityLong());
        }
    }

    /** The bundle with its latest members and another model; its list of members is unchanged. */
    private BundleEntry reassemble(BundleEntry before, @Nullable EntityModel model) {
        ItemEntry[] members = new ItemEntry[before.size()];
        int[] quantities = new int[members.length];
        for (int m = 0; m < members.length; m++) {
            members[m] = items.get(before.member(m));
            quantities[m] = before.quantity(m);
        }
        return built(before, before.published(), before.fill(), model, BundleItems.of(members, quantities, List.of()));
    }

    private SlotFill fill(@Nullable SlotPlan plan) {
        return plan == null ? SlotFill.NONE : plan.byPopularity(this);
    }

    private BundleEntry assemble(BundleEntry before, @Nullable Bundle bundle, SlotFill fill) {
        List<BundleMember> members =
                bundle == null ? List.of() : fill.of(bundle).members();
        return built(
                before,
                bundle,
                fill,
                before.model(),
                BundleAssembly.of(members, this::itemOf).items(List.of()));
    }

    private BundleEntry built(
            BundleEntry before,
            @Nullable Bundle bundle,
            SlotFill fill,
            @Nullable EntityModel model,
            BundleItems members) {
        rebuildCost += members.rebuildCost();
        pairs += members.support().pairs();
        return BundleEntry.of(before.ordinal(), before.hash(), bundle, fill, model, members, settings);
    }

    /** How many pairs of members were compared so far to build bundles. */
    synchronized long comparedPairs() {
        return pairs;
    }
}
