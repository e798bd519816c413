package dev.kombo.ranking.retrieval;

import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.catalog.index.TopSelection;
import dev.kombo.profile.RecentInteractions;
import dev.kombo.ranking.RankingRequest;
import dev.kombo.ranking.Signal;
import dev.kombo.ranking.rules.Exclusion;
import dev.kombo.ranking.rules.OfferRules;
import dev.kombo.ranking.shopper.ShopperItems;
import dev.kombo.ranking.shopper.ShopperView;
import dev.kombo.ranking.signals.Candidates;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Retrieves the candidates of one event: bundles of the trigger, of the basket and of recent interactions, of the items
 * the shopper buys most, and of the basket's co-purchase neighbours; then, in a small catalogue, the best of all others
 * by preference and popularity, in a large one the most popular. Each source may fill only a part of the list, so that
 * none crowds out the next. A bundle is added once, and only if it breaks no rule. The list does not depend on
 * ordinals. Not thread-safe.
 */
public final class CandidateSource {
    /** Number of items bought most, and of neighbours, whose bundles are added. */
    private static final int STRONGEST_ITEMS = 20;

    /** Tenths of the most candidates up to which each source fills, one after the other. */
    private static final int INTERACTED_TENTHS = 6;

    private static final int OWNED_TENTHS = 7;
    private static final int BASKET_TENTHS = 8;
    private static final int TENTHS = 10;

    /** A quarter more is taken from the scan than is missing. */
    private static final int SPARE_PART = 4;

    /** If too few passed, at least a half of those checked is checked next, so that there are few rounds, */
    private static final double LEAST_FURTHER = 0.5;

    /** and at most four times as many. */
    private static final int MOST_FURTHER = 4;

    /** Most bundles whose slots are filled for the shopper; others keep the most popular items. */
    private static final int MOST_FILLED = 8;

    /** Above all scores of the scan, for what was found before it. */
    private static final double FOUND = 1e6;

    private static final float[] POPULARITY = Signal.popularityWeights();

    private final CatalogIndex index;
    private final int most;
    private final int fullScan;
    private final OfferRules rules;
    private final CatalogScan scan;
    private final SlotFiller slots;
    private final TopSelection strongest = new TopSelection();
    /** Whether a bundle is added whose slots may yet be filled so that it breaks no rule. */
    private boolean filling;

    private boolean slotted;
    private final int[] excluded = new int[Exclusion.values().length];
    private int[] stamps = new int[64];
    private int stamp;

    /**
     * Creates a source over an index that another thread may keep writing.
     *
     * @param slots fills the slots of candidates
     * @param most candidates of one event, at most
     * @param fullScan largest catalogue, in bundles, that is scanned completely
     */
    public CandidateSource(CatalogIndex index, OfferRules rules, SlotFiller slots, int most, int fullScan) {
        this.index = index;
        this.most = most;
        this.fullScan = fullScan;
        this.rules = rules;
        this.slots = slots;
        scan = new CatalogScan(index);
    }

    /**
     * Fills the candidates of one event.
     *
     * @param candidates cleared and filled
     * @param request the request
     * @param view its shopper, loaded
     */
    public void collect(Candidates candidates, RankingRequest request, ShopperView view) {
        candidates.clear();
        filling = true;
        slotted = false;
        scan.cut(0);
        Arrays.fill(excluded, 0);
        stamp++;
        if (stamp == 0) {
            Arrays.fill(stamps, 0);
            stamp = 1;
        }
        int bundles = index.bundleCount();
        if (bundles > most) {
            addInteracted(candidates, request, view, most * INTERACTED_TENTHS / TENTHS);
            addStrongest(true, candidates, request, view, most * OWNED_TENTHS / TENTHS);
            addStrongest(false, candidates, request, view, most * BASKET_TENTHS / TENTHS);
        }
        fillUp(candidates, request, view, bundles);
        if (slotted) {
            int found = candidates.size();
            fillSlots(candidates, request, view);
            filling = false;
            if (candidates.size() < found) {
                fillUp(candidates, request, view, bundles);
            }
        }
    }

    private void fillUp(Candidates candidates, RankingRequest request, ShopperView view, int bundles) {
        if (bundles <= Math.max(most, fullScan)) {
            addRest(candidates, request, view, bundles);
        } else {
            addAll(index.popularBundles(), candidates, request, view, most);
        }
    }

    /**
     * Fills the slots of the most promising candidates that have some: those found for the shopper, in that order, then
     * the best of the scan. Then checks all with slots by the items that fill them.
     */
    private void fillSlots(Candidates candidates, RankingRequest request, ShopperView view) {
        int found = candidates.size() - scan.size();
        strongest.reset(MOST_FILLED);
        for (int c = 0; c < candidates.size(); c++) {
            BundleEntry entry = candidates.bundle(c);
            if (entry.fill().plan() != null) {
                strongest.offer(c < found ? FOUND - c : scan.score(c - found), entry.hash(), c);
            }
        }
        for (int i = 0; i < strongest.size(); i++) {
            int c = strongest.ordinal(i);
            candidates.replace(c, slots.fill(candidates.bundle(c)));
        }
        int kept = 0;
        for (int c = 0; c < candidates.size(); c++) {
            BundleEntry entry = candidates.bundle(c);
            if (entry.fill().plan() == null || count(rules.check(entry, request, view))) {
                candidates.replace(kept++, entry);
            }
        }
        candidates.cut(kept);
    }

    private void addInteracted(Candidates candidates, RankingRequest request, ShopperView view, int most) {
        if (view.triggerBundle() != CatalogIndex.UNKNOWN) {
            add(view.triggerBundle(), candidates, request, view, most);
        }
        ShopperItems items = view.items();
        // Items were added in this order: trigger, recent, basket; neighbours in between carry no flag.
        for (int i = 0; i < items.size() && candidates.size() < most; i++) {
            int item = items.item(i);
            if ((items.flags(item) & (ShopperItems.TRIGGER | ShopperItems.BASKET | ShopperItems.RECENT)) != 0) {
                addAll(index.popularBundlesOfItem(item), candidates, request, view, most);
            }
        }
        RecentInteractions recent = request.behavior().recent();
        for (int i = recent.size() - 1; i >= 0 && candidates.size() < most; i--) {
            int bundle = index.bundleOrdinal(recent.entity(i));
            if (bundle != CatalogIndex.UNKNOWN) {
                add(bundle, candidates, request, view, most);
            }
        }
    }

    /** Adds the bundles of the items that the shopper buys most, or else of the basket's co-purchase neighbours. */
    private void addStrongest(
            boolean owned, Candidates candidates, RankingRequest request, ShopperView view, int most) {
        ShopperItems items = view.items();
        strongest.reset(STRONGEST_ITEMS);
        for (int i = 0; i < items.size(); i++) {
            int item = items.item(i);
            float score = owned ? items.repeat(item) : items.basketConfidence(item);
            if (score > 0) {
                // Ties go to the item that was added first: what the event and the latest interactions name.
                strongest.offer(score, i, item);
            }
        }
        for (int i = 0; i < strongest.size() && candidates.size() < most; i++) {
            addAll(index.popularBundlesOfItem(strongest.ordinal(i)), candidates, request, view, most);
        }
    }

    private void addAll(int[] ordinals, Candidates candidates, RankingRequest request, ShopperView view, int most) {
        for (int i = 0; i < ordinals.length && candidates.size() < most; i++) {
            add(ordinals[i], candidates, request, view, most);
        }
    }

    /**
     * Fills up from the whole catalogue: with all of it if there is room, otherwise with the best. The rules are
     * checked for the best first, and for those after them only as far as needed.
     */
    private void addRest(Candidates candidates, RankingRequest request, ShopperView view, int bundles) {
        int room = most - candidates.size();
        ensureStamps(bundles);
        float[] weights = request.goal().weights(request.ranker());
        // A ranker that knows nothing of the rest takes the popular ones.
        scan.score(view, CatalogScan.usesAny(weights) ? weights : POPULARITY, bundles, stamps, stamp);
        int checked = 0;
        for (int more = room; scan.size() < room && scan.left() > 0; more = missing(room, checked)) {
            int passed = scan.size();
            scan.take(more + more / SPARE_PART);
            checked += scan.size() - passed;
            keepPassing(passed, request, view);
        }
        int passed = scan.size();
        scan.best(room);
        for (int i = scan.size(); i < passed; i++) {
            // It may be added once others went.
            stamps[scan.ordinal(i)] = stamp - 1;
        }
        int kept = 0;
        for (int i = 0; i < scan.size(); i++) {
            BundleEntry entry = index.bundle(scan.ordinal(i));
            // Another thread may have removed it meanwhile.
            if (entry != null) {
                candidates.add(entry);
                scan.swap(kept++, i);
            }
        }
        scan.cut(kept);
    }

    /** How many bundles to check next, by the share of those checked that passed. */
    private int missing(int room, int checked) {
        int expected = (int) ((long) (room - scan.size()) * checked / Math.max(1, scan.size()));
        return (int) Math.min(MOST_FURTHER * checked, Math.max(expected, LEAST_FURTHER * checked));
    }

    /** Removes those taken, from a position on, that break a rule. */
    private void keepPassing(int from, RankingRequest request, ShopperView view) {
        int passed = from;
        for (int i = from; i < scan.size(); i++) {
            int ordinal = scan.ordinal(i);
            stamps[ordinal] = stamp;
            if (passes(index.bundle(ordinal), request, view)) {
                scan.swap(passed++, i);
            }
        }
        scan.cut(passed);
    }

    private void add(int ordinal, Candidates candidates, RankingRequest request, ShopperView view, int most) {
        BundleEntry entry = index.bundle(ordinal);
        if (entry != null && candidates.size() < most && firstSeen(ordinal) && passes(entry, request, view)) {
            candidates.add(entry);
        }
    }

    private boolean passes(@Nullable BundleEntry entry, RankingRequest request, ShopperView view) {
        if (filling && entry != null && entry.fill().plan() != null) {
            boolean fillable = count(rules.checkUnfilled(entry, request, view));
            slotted |= fillable;
            return fillable;
        }
        return count(rules.check(entry, request, view));
    }

    /** Counts a reason not to offer a bundle; returns whether there is none. */
    private boolean count(@Nullable Exclusion exclusion) {
        if (exclusion != null) {
            excluded[exclusion.ordinal()]++;
        }
        return exclusion == null;
    }

    private void ensureStamps(int bundles) {
        if (bundles > stamps.length) {
            stamps = Arrays.copyOf(stamps, Math.max(bundles, 2 * stamps.length));
        }
    }

    private boolean firstSeen(int ordinal) {
        ensureStamps(ordinal + 1);
        boolean first = stamps[ordinal] != stamp;
        stamps[ordinal] = stamp;
        return first;
    }

    /** The rule that excluded most bundles from the latest list, or null where none did. */
    public @Nullable Exclusion mostFrequentExclusion() {
        int most = 0;
        for (int e = 1; e < excluded.length; e++) {
            most = excluded[e] > excluded[most] ? e : most;
        }
        return excluded[most] == 0 ? null : Exclusion.values()[most];
    }
}
