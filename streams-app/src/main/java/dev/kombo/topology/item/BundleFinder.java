package dev.kombo.topology.item;

import dev.kombo.catalog.BundleMember;
import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.engine.entity.CatalogMiningView;
import dev.kombo.learning.mining.BundleMiner;
import dev.kombo.learning.mining.MinedBundle;
import dev.kombo.learning.mining.MinedSlot;
import dev.kombo.learning.mining.NeighborCounts;
import dev.kombo.learning.mining.SuggestionIndex;
import dev.kombo.learning.mining.SuggestionIndex.Suggestion;
import dev.kombo.schema.Bundle;
import dev.kombo.schema.BundleSuggestion;
import dev.kombo.schema.ItemState;
import dev.kombo.serde.CatalogMapper;
import dev.kombo.topology.global.EngineContext;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Finds bundles among an item's co-purchase neighbours, and turns them into suggestions and, if approved, into
 * catalogue entries.
 */
final class BundleFinder {
    private final CatalogIndex catalog;
    private final BundleMiner miner;
    private final BundleMiner.MiningView view;
    private final SuggestionIndex suggestions;
    private final boolean approve;

    BundleFinder(EngineContext engine) {
        catalog = engine.models().catalog();
        view = new CatalogMiningView(catalog, engine.settings().profile().holdings());
        miner = new BundleMiner(engine.settings().mining());
        suggestions = engine.models().suggestions();
        approve = engine.settings().mining().autoApprove();
    }

    /** Returns the bundles to suggest now; the counts remember the support at which each was suggested. */
    List<MinedBundle> find(NeighborCounts counts, ItemState state) {
        boolean slots = stands(MinedBundle.idOfSlot(counts.itemId()));
        return miner.mine(counts, state.getPurchases(), view, slots, this::needless);
    }

    /** Whether the index still lacks orders of the item's neighbours, so that more bundles may be found later. */
    boolean lags(NeighborCounts counts, ItemState state) {
        return miner.lags(counts, state.getPurchases(), view);
    }

    /**
     * Returns a suggested bundle with the evidence of today, by the counts of its first member; null where its members no
     * longer belong together.
     */
    MinedBundle today(MinedBundle bundle, NeighborCounts counts, boolean recent) {
        return miner.today(bundle, counts, view, recent);
    }

    /** Whether another bundle makes a suggested one needless; none does for one with a slot. */
    boolean needless(MinedBundle bundle) {
        return bundle.slot() == null && needless(bundle.members());
    }

    /** Whether a suggested bundle with a slot stands for a pair, or a person made a bundle of the same items. */
    private boolean needless(List<String> members) {
        return replaced(members) || MinedBundles.isCurated(members, catalog);
    }

    private boolean replaced(List<String> members) {
        return members.size() == 2
                && (replaced(members.get(0), members.get(1)) || replaced(members.get(1), members.get(0)));
    }

    private boolean replaced(String item, String other) {
        String id = MinedBundle.idOfSlot(item);
        Suggestion whole = suggestions.suggestion(id);
        MinedSlot slot = whole == null ? null : whole.bundle().slot();
        return slot != null && slot.items().contains(other) && stands(id);
    }

    /** Whether a bundle with a slot stands for its pairs: not if a person rejected or stopped it. */
    boolean stands(String id) {
        BundleEntry known = catalog.bundle(id);
        return !rejected(id) && (known == null || !known.bundle().stopped());
    }

    /** The items whose pairs with an item are not suggested. */
    List<String> unsuggested(String item, List<String> others) {
        return others.stream()
                .filter(other -> suggestions.suggestion(
                                MinedBundle.idOf(Stream.of(item, other).sorted().toList()))
                        == null)
                .toList();
    }

    private boolean rejected(String id) {
        return suggestions.decision(id) == SuggestionIndex.Review.REJECTED;
    }

    BundleSuggestion suggestion(MinedBundle bundle, long time, boolean approved) {
        return CatalogMapper.SUGGESTIONS.toAvro(new Suggestion(bundle, time, approved));
    }

    /**
     * Whether the bundle is approved automatically: not if a person rejected, stopped or changed it, nor if it is a
     * part or a chance extension of a set, of which one bundle is offered.
     */
    boolean approves(MinedBundle bundle, NeighborCounts counts) {
        BundleEntry known = catalog.bundle(bundle.id());
        return approve
                && (bundle.slot() != null || !partOfOffered(bundle))
                && miner.whole(bundle, counts, view)
                && !rejected(bundle.id())
                && (known == null || (known.mined() && !known.bundle().stopped()));
    }

    /** Whether a larger mined bundle with all of its members is offered. */
    boolean partOfOffered(MinedBundle bundle) {
        int item = catalog.itemOrdinal(bundle.members().get(0));
        if (item == CatalogIndex.UNKNOWN) {
            return false;
        }
        for (int ordinal : catalog.itemAt(item).bundles()) {
            BundleEntry whole = catalog.bundle(ordinal);
            if (whole != null && whole.size() > bundle.members().size() && offersMined(whole)) {
                List<String> members = whole.bundle().members().stream()
                        .map(BundleMember::itemId)
                        .toList();
                if (members.containsAll(bundle.members())) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The suggestions of the pairs within a bundle that are offered, though nobody approved them. */
    List<Suggestion> parts(MinedBundle bundle) {
        List<Suggestion> parts = new ArrayList<>();
        for (int out = 0; out < bundle.members().size() && bundle.members().size() > 2; out++) {
            List<String> members = new ArrayList<>(bundle.members());
            members.remove(out);
            Suggestion part = suggestions.suggestion(MinedBundle.idOf(members));
            if (part != null && offersUnasked(part)) {
                parts.add(part);
            }
        }
        return parts;
    }

    /** Whether a suggested bundle is offered though nobody approved it. */
    boolean offersUnasked(Suggestion suggestion) {
        BundleEntry offered = catalog.bundle(suggestion.bundle().id());
        return offered != null
                && offersMined(offered)
                && suggestions.decision(suggestion.bundle().id()) != SuggestionIndex.Review.APPROVED;
    }

    private static boolean offersMined(BundleEntry entry) {
        return entry.mined() && !entry.bundle().stopped();
    }

    Bundle bundle(MinedBundle bundle, long time) {
        return MinedBundles.offered(bundle, catalog, time);
    }
}
