package dev.kombo.catalog.index;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Which bundles have most in common with a bundle: the cosine of their sets of members, each weighted by its inverse
 * document frequency, ln(1 + bundles / bundles that hold it), so that what is in most bundles tells little (Salton,
 * Buckley: Term-Weighting Approaches in Automatic Text Retrieval, 1988). It needs no interaction, so it is what is known
 * of a new bundle.
 *
 * <p>A list is worked out when it is first asked for, by the thread that asks, and kept until a bundle that holds one of
 * the same items comes, goes or changes its members. The number of all bundles, which changes the weights of all items
 * a little, does not make it outdated. The writer's methods are called by one thread; any thread may ask.
 */
final class ContentIndex {
    /** Bundles in a list, at most. */
    static final int MOST = 32;

    private final Snapshots<ItemEntry> items;
    private final Snapshots<BundleEntry> bundles;
    private final Snapshots<ContentNeighbors> lists = new Snapshots<>();
    private final AtomicLong changes = new AtomicLong();

    ContentIndex(Snapshots<ItemEntry> items, Snapshots<BundleEntry> bundles) {
        this.items = items;
        this.bundles = bundles;
    }

    /** Makes the lists of a bundle, and of those that hold one of its members, outdated. Called by the one writer. */
    void forget(BundleEntry entry) {
        changes.incrementAndGet();
        clear(entry.ordinal());
        for (int m = 0; m < entry.size(); m++) {
            for (int bundle : items.get(entry.member(m)).bundles()) {
                clear(bundle);
            }
        }
    }

    private void clear(int bundle) {
        while (lists.size() <= bundle) {
            lists.append(null);
        }
        lists.set(bundle, null);
    }

    /** The list of a bundle. */
    ContentNeighbors of(int bundle, ContentSearch search) {
        ContentNeighbors known = bundle < lists.size() ? lists.get(bundle) : null;
        if (known != null) {
            return known;
        }
        long before = changes.get();
        ContentNeighbors found = search(bundle, search);
        if (bundle < lists.size() && changes.get() == before) {
            lists.set(bundle, found);
            if (changes.get() != before) {
                // The writer may have cleared it just before it was set.
                lists.set(bundle, null);
            }
        }
        return found;
    }

    private ContentNeighbors search(int bundle, ContentSearch search) {
        search.clear(bundles.size());
        BundleEntry entry = bundles.get(bundle);
        double own = 0;
        for (int m = 0; m < entry.size(); m++) {
            int[] holders = items.get(entry.member(m)).bundles();
            float weight = weight(holders.length);
            own += weight;
            for (int holder : holders) {
                if (holder != bundle) {
                    search.add(holder, weight);
                }
            }
        }
        for (int i = 0; i < search.size(); i++) {
            int other = search.found(i);
            double norms = Math.sqrt(own * squares(bundles.get(other)));
            search.keep((float) (search.sum(other) / norms), other);
        }
        return search.kept();
    }

    private double squares(BundleEntry entry) {
        double sum = 0;
        for (int m = 0; m < entry.size(); m++) {
            sum += weight(items.get(entry.member(m)).bundles().length);
        }
        return sum;
    }

    /** Square of the inverse document frequency of an item that so many bundles hold. */
    private float weight(int holders) {
        float frequency = (float) Math.log(1 + (double) bundles.size() / Math.max(1, holders));
        return frequency * frequency;
    }
}
