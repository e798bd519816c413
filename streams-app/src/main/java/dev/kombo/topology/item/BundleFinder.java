package dev.kombo.topology.item;

import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.engine.CatalogMiningView;
import dev.kombo.learning.mining.BundleMiner;
import dev.kombo.learning.mining.MinedBundle;
import dev.kombo.learning.mining.MiningView;
import dev.kombo.learning.mining.NeighborCounts;
import dev.kombo.learning.mining.SuggestionIndex;
import dev.kombo.learning.mining.SuggestionIndex.Decision;
import dev.kombo.schema.Bundle;
import dev.kombo.schema.BundleSuggestion;
import dev.kombo.schema.ItemState;
import dev.kombo.schema.SuggestedMember;
import dev.kombo.topology.global.EngineContext;
import java.util.ArrayList;
import java.util.List;

/** Bundles found in an item's partners, as suggestions and, where they are approved, as catalogue entries. */
final class BundleFinder {
    private final CatalogIndex catalog;
    private final BundleMiner miner;
    private final MiningView view;
    private final SuggestionIndex suggestions;
    private final boolean approve;

    BundleFinder(EngineContext engine) {
        catalog = engine.models().catalog();
        view = new CatalogMiningView(catalog, engine.settings().profile().holdings());
        miner = new BundleMiner(engine.settings().mining());
        suggestions = engine.models().suggestions();
        approve = engine.settings().mining().autoApprove();
    }

    /** Bundles newly due; the counts remember at which support each was suggested. */
    List<MinedBundle> find(NeighborCounts counts, ItemState state) {
        return miner.mine(counts, state.getPurchases(), view);
    }

    /** Whether the index does not have all orders of the item's partners so far, so that more may be found later. */
    boolean lags(NeighborCounts counts, ItemState state) {
        return miner.lags(counts, state.getPurchases(), view);
    }

    /** Whether a bundle that was found before still stands on the counts of its first member. */
    boolean supports(MinedBundle bundle, NeighborCounts counts) {
        return miner.supports(bundle.members(), counts, view);
    }

    BundleSuggestion suggestion(MinedBundle bundle, long time, boolean approved) {
        List<SuggestedMember> members = new ArrayList<>();
        bundle.members().forEach(member -> members.add(new SuggestedMember(member, 1)));
        return new BundleSuggestion(
                bundle.id(),
                members,
                bundle.support(),
                bundle.orders(),
                bundle.lift(),
                bundle.liftLower(),
                bundle.priceMinor(),
                bundle.listPriceMinor(),
                bundle.currency(),
                time,
                approved);
    }

    /** Whether it goes into the catalogue by itself: not where a person rejected, stopped or changed it. */
    boolean approves(MinedBundle bundle) {
        BundleEntry known = catalog.bundle(bundle.id());
        return approve
                && suggestions.decision(bundle.id()) != Decision.REJECTED
                && (known == null || (known.mined() && !known.bundle().stopped()));
    }

    Bundle bundle(MinedBundle bundle, long time) {
        return MinedBundles.offered(bundle, catalog, time);
    }
}
