package dev.kombo.catalog.index;

/**
 * Finds the bundles whose content is most similar: by the cosine of their sets of members, each weighted by its inverse
 * document frequency, ln(1 + bundles / bundles that hold it), so that items in most bundles count little (Salton,
 * Buckley: Term-Weighting Approaches in Automatic Text Retrieval, 1988). It needs no interactions, so it also works for
 * new bundles.
 *
 * <p>A list is computed on first use, by the calling thread, and kept until a bundle that shares an item is added,
 * removed or changes its members. A change of the total number of bundles, which shifts all weights a little, does not
 * invalidate it. One thread calls the writer's methods; any thread reads.
 */
final class ContentIndex {
    /** Most bundles per list. */
    static final int MOST = 32;

    private static final double ROUNDING = 1 + 1e-5;

    private final Snapshots<ItemEntry> items;
    private final Snapshots<BundleEntry> bundles;
    private final OrdinalCache<ContentNeighbors> lists = new OrdinalCache<>();

    ContentIndex(Snapshots<ItemEntry> items, Snapshots<BundleEntry> bundles) {
        this.items = items;
        this.bundles = bundles;
    }

    /**
     * Forgets the lists of a bundle and of those that hold one of its members. Called by the one writer, with the
     * bundle before its members change and again with the changed one.
     */
    void forget(BundleEntry entry) {
        lists.forget(entry.ordinal());
        for (int m = 0; m < entry.size(); m++) {
            for (int bundle : items.get(entry.member(m)).bundles()) {
                lists.forget(bundle);
            }
        }
    }

    /** The most similar bundles of a bundle. */
    ContentNeighbors of(int bundle, ContentSearch search) {
        ContentNeighbors known = lists.kept(bundle);
        return known != null ? known : lists.derive(bundle, ordinal -> search(ordinal, search));
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
            float sum = search.sum(other);
            // The other's square is the sum at least, but for rounding: most of many bundles need not be looked up.
            if (search.mayKeep((float) (ROUNDING * Math.sqrt(sum / own)))) {
                search.keep((float) (sum / Math.sqrt(own * squares(bundles.get(other)))), other);
            }
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

    /** Square of the inverse document frequency of an item that {@code holders} bundles hold. */
    private float weight(int holders) {
        float frequency = (float) Math.log(1 + (double) bundles.size() / Math.max(1, holders));
        return frequency * frequency;
    }
}
