package dev.kombo.learning.mining;

import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.entity.BundleMember;
import dev.kombo.entity.Entity;
import dev.kombo.entity.EntityModel;
import dev.kombo.learning.mining.BundleMiner.MiningView;
import dev.kombo.learning.mining.SuggestionIndex.Suggestion;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides which mined bundles are suggested, which of them enter and leave the catalogue without a person's decision,
 * and which suggestions are withdrawn. What a person approved stays, and what a person rejected, stopped or changed is
 * left alone.
 *
 * <p>Decisions follow from the catalogue, the suggestions and the counts of the bundle's first item, and are returned;
 * only the counts remember at which support a bundle was suggested. Not thread-safe.
 */
public final class SuggestionPolicy {
    /** Least number of conversions, which decay with the half-life of engagement. */
    private static final double LEAST_SOLD = 1;

    private static final int PAIR = 2;

    private final CatalogIndex catalog;
    private final SuggestionIndex suggestions;
    private final BundleMiner miner;
    private final MiningView view;
    private final boolean approve;

    /**
     * @param priceless whether items without a price may be offered without one
     */
    public SuggestionPolicy(
            MiningSettings settings, CatalogIndex catalog, SuggestionIndex suggestions, boolean priceless) {
        this.catalog = catalog;
        this.suggestions = suggestions;
        this.miner = new BundleMiner(settings);
        this.view = new CatalogMiningView(catalog, priceless);
        this.approve = settings.autoApprove();
    }

    /** Whether the index still lacks orders of the item's neighbours, so that more bundles may be found later. */
    public boolean lags(NeighborCounts counts, long purchases) {
        return miner.lags(counts, purchases, view);
    }

    /**
     * Finds the bundles of an item that are to be suggested now; the counts remember the support at which each was
     * suggested. Where one enters the catalogue, smaller ones that it contains leave it.
     *
     * @param counts what is bought with the item
     * @param purchases closed orders that contain the item
     * @param time epoch milliseconds of events
     * @return in the order in which they are to be made; none in most calls
     */
    public List<SuggestionChange> suggest(String item, NeighborCounts counts, long purchases, long time) {
        boolean slots = stands(MinedBundle.idOfSlot(item));
        List<MinedBundle> found = miner.mine(item, counts, purchases, view, slots, this::needless);
        // The largest first, as smaller ones may be parts of them.
        Collections.reverse(found);
        List<SuggestionChange> changes = new ArrayList<>();
        List<List<String>> approved = new ArrayList<>();
        for (MinedBundle bundle : found) {
            boolean part = approved.stream().anyMatch(whole -> whole.containsAll(bundle.members()));
            if (!part && approves(bundle, counts)) {
                changes.add(SuggestionChange.offer(bundle, time));
                for (Suggestion smaller : offeredParts(bundle)) {
                    changes.add(SuggestionChange.demote(smaller.bundle(), smaller.suggestedAt()));
                }
                approved.add(bundle.members());
            } else {
                changes.add(SuggestionChange.suggest(bundle, time, false));
            }
        }
        return changes;
    }

    /**
     * Evaluates a suggestion by the counts of today: one that closed orders no longer support and that offers do not
     * sell is withdrawn, one that a larger bundle contains leaves the catalogue, and where nobody needs to approve
     * bundles any other enters it. Where the evidence has changed, it is told again.
     *
     * @param counts of the bundle's first item
     * @param recent whether it was suggested lately, when counts lagged: then it must pass the whole test
     * @param indexed whether the index has the latest suggestion; right after one it may have the one that it replaced
     * @return null: nothing changes
     */
    public @Nullable SuggestionChange review(
            Suggestion suggestion, NeighborCounts counts, boolean recent, boolean indexed) {
        MinedBundle suggested = suggestion.bundle();
        long suggestedAt = suggestion.suggestedAt();
        MinedBundle today = miner.today(suggested, counts, view, recent);
        boolean approved = suggestions.decision(suggested.id()) == SuggestionIndex.Review.APPROVED;
        boolean needless = suggested.slot() == null && needless(suggested.members());
        if (!approved && (needless || (today == null && !sells(suggested.id())))) {
            return SuggestionChange.withdraw(suggestion, isOffered(suggestion));
        }
        MinedBundle bundle = today == null ? suggested : today;
        if (!approved && bundle.slot() == null && offersUnasked(suggestion) && partOfOffered(bundle)) {
            return SuggestionChange.demote(bundle, suggestedAt);
        }
        if (!approved && !suggestion.approved() && approves(bundle, counts)) {
            return SuggestionChange.offer(bundle, suggestedAt);
        }
        if (indexed && bundle.differsFrom(suggested)) {
            return SuggestionChange.suggest(bundle, suggestedAt, suggestion.approved() && approves(bundle, counts));
        }
        return null;
    }

    /** Whether a bundle with a slot stands for its pairs: not if a person rejected or stopped it. */
    public boolean stands(String id) {
        BundleEntry known = catalog.bundle(id);
        return !rejected(id) && (known == null || !known.bundle().stopped());
    }

    /** The items whose pairs with an item are not suggested. */
    public List<String> unsuggested(String item, List<String> others) {
        return others.stream()
                .filter(other -> suggestions.suggestion(
                                MinedBundle.idOf(Stream.of(item, other).sorted().toList()))
                        == null)
                .toList();
    }

    /** Whether a suggested bundle with a slot stands for a pair, or a person made a bundle of the same items. */
    private boolean needless(List<String> members) {
        return replaced(members) || MinedBundles.isCurated(members, catalog);
    }

    private boolean replaced(List<String> members) {
        return members.size() == PAIR
                && (replaced(members.get(0), members.get(1)) || replaced(members.get(1), members.get(0)));
    }

    private boolean replaced(String item, String other) {
        String id = MinedBundle.idOfSlot(item);
        Suggestion whole = suggestions.suggestion(id);
        MinedSlot slot = whole == null ? null : whole.bundle().slot();
        return slot != null && slot.items().contains(other) && stands(id);
    }

    private boolean rejected(String id) {
        return suggestions.decision(id) == SuggestionIndex.Review.REJECTED;
    }

    /**
     * Whether the bundle is approved automatically: not if a person rejected, stopped or changed it, nor if it is a
     * part or a chance extension of a set, of which one bundle is offered.
     */
    private boolean approves(MinedBundle bundle, NeighborCounts counts) {
        BundleEntry known = catalog.bundle(bundle.id());
        return approve
                && (bundle.slot() != null || !partOfOffered(bundle))
                && miner.whole(bundle, counts, view)
                && !rejected(bundle.id())
                && (known == null || offersMined(known));
    }

    /** Whether a larger mined bundle with all of its members is offered. */
    private boolean partOfOffered(MinedBundle bundle) {
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
    private List<Suggestion> offeredParts(MinedBundle bundle) {
        List<Suggestion> parts = new ArrayList<>();
        for (int out = 0; out < bundle.members().size() && bundle.members().size() > PAIR; out++) {
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
    private boolean offersUnasked(Suggestion suggestion) {
        BundleEntry offered = catalog.bundle(suggestion.bundle().id());
        return offered != null
                && offersMined(offered)
                && suggestions.decision(suggestion.bundle().id()) != SuggestionIndex.Review.APPROVED;
    }

    /**
     * Whether a suggested bundle has to leave the catalogue when it is withdrawn. A stopped bundle stays there;
     * otherwise it would be offered again as soon as it has support again. One that was just offered may not be in the
     * index yet.
     */
    private boolean isOffered(Suggestion suggestion) {
        BundleEntry offered = catalog.bundle(suggestion.bundle().id());
        return offered == null ? suggestion.approved() : offersMined(offered);
    }

    private static boolean offersMined(BundleEntry entry) {
        return entry.mined() && !entry.bundle().stopped();
    }

    /**
     * Whether offers sell the bundle. Orders caused by an offer do not count as support, so such a bundle may lack
     * support.
     */
    private boolean sells(String id) {
        EntityModel model = catalog.model(Entity.ofBundle(id));
        return model != null && model.engagement().conversions() >= LEAST_SOLD;
    }
}
