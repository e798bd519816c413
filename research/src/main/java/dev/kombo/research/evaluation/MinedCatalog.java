package dev.kombo.research.evaluation;

import dev.kombo.catalog.Bundle;
import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.catalog.index.WritableCatalogIndex;
import dev.kombo.entity.BundleMember;
import dev.kombo.learning.mining.BundleMiner;
import dev.kombo.learning.mining.CatalogMiningView;
import dev.kombo.learning.mining.MinedBundle;
import dev.kombo.learning.mining.MiningSettings;
import dev.kombo.learning.mining.NeighborCounts;
import dev.kombo.research.data.IdIndex;
import dev.kombo.research.engine.InProcessEngine;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Mines bundles from the baskets so far once a day with the production miner, and keeps the best of each size in the
 * index, by support * ln(lift). A bundle's support is that of its latest suggestion: the miner suggests it again when
 * its support has doubled.
 */
final class MinedCatalog {
    /** Most pairs kept. */
    static final int PAIRS = 1200;

    /** Most triples kept. */
    static final int TRIPLES = 800;

    private static final int PAIR = 2;
    private static final int TRIPLE = 3;
    private static final Comparator<IndexedBundle> BEST_FIRST = Comparator.comparingDouble(IndexedBundle::rank)
            .reversed()
            .thenComparing(entry -> entry.mined().id());

    /**
     * A bundle in the index.
     *
     * @param members numbers of its items
     * @param createdAt when it was first found, epoch milliseconds
     */
    record IndexedBundle(MinedBundle mined, int[] members, long createdAt) {
        double rank() {
            return mined.support() * Math.log(mined.lift());
        }
    }

    private final InProcessEngine engine;
    private final WritableCatalogIndex index;
    private final IdIndex items;
    private final BundleMiner miner;
    private final BundleMiner.MiningView view;
    private final Map<String, IndexedBundle> found = new LinkedHashMap<>();
    private final Map<String, IndexedBundle> kept = new LinkedHashMap<>();
    private final Set<String> changedItems = new LinkedHashSet<>();
    private List<List<IndexedBundle>> bySize = List.of(List.of(), List.of());

    MinedCatalog(InProcessEngine engine, WritableCatalogIndex index, IdIndex items, MiningSettings settings) {
        this.engine = engine;
        this.index = index;
        this.items = items;
        this.miner = new BundleMiner(settings);
        this.view = new CatalogMiningView(index, false);
    }

    /** Marks an item as bought: its bundles are mined again when mining is next due. */
    void changed(String itemId) {
        changedItems.add(itemId);
    }

    /** Mines bundles of marked items, and keeps the best. */
    void mine(long now) {
        boolean changed = false;
        for (String item : changedItems) {
            NeighborCounts counts = engine.entities().partners(item);
            if (counts != null) {
                for (MinedBundle mined : miner.mine(item, counts, view.purchases(item), view, false, none -> false)) {
                    IndexedBundle before = found.get(mined.id());
                    int[] members =
                            mined.members().stream().mapToInt(items::find).toArray();
                    found.put(mined.id(), new IndexedBundle(mined, members, before == null ? now : before.createdAt()));
                    changed = true;
                }
            }
        }
        changedItems.clear();
        if (changed) {
            keepBest();
        }
    }

    private void keepBest() {
        bySize = List.of(best(PAIR, PAIRS), best(TRIPLE, TRIPLES));
        Set<String> wanted = new HashSet<>();
        for (List<IndexedBundle> entries : bySize) {
            for (IndexedBundle entry : entries) {
                String id = entry.mined().id();
                wanted.add(id);
                if (kept.put(id, entry) == null) {
                    index.putBundle(bundle(entry));
                }
            }
        }
        List<String> outdated = new ArrayList<>(kept.keySet());
        outdated.removeAll(wanted);
        for (String id : outdated) {
            index.removeBundle(id);
            kept.remove(id);
        }
    }

    private List<IndexedBundle> best(int size, int most) {
        return found.values().stream()
                .filter(entry -> entry.members().length == size)
                .sorted(BEST_FIRST)
                .limit(most)
                .toList();
    }

    private static Bundle bundle(IndexedBundle entry) {
        MinedBundle mined = entry.mined();
        List<BundleMember> members =
                mined.members().stream().map(id -> new BundleMember(id, 1)).toList();
        return new Bundle(
                mined.id(),
                mined.id(),
                members,
                mined.priceMinor(),
                mined.listPriceMinor(),
                mined.currency(),
                Bundle.Origin.MINED,
                entry.createdAt());
    }

    /** Number of bundles found so far, kept or not. */
    int found() {
        return found.size();
    }

    /** The bundles in the index. */
    Collection<IndexedBundle> kept() {
        return kept.values();
    }

    /** Numbers of the items of a bundle in the index. */
    int[] members(BundleEntry bundle) {
        return kept.get(bundle.bundle().id()).members();
    }

    /** Bundles of one size, 2 or 3, in the index, best first. */
    List<IndexedBundle> ofSize(int size) {
        return bySize.get(size - 2);
    }
}
