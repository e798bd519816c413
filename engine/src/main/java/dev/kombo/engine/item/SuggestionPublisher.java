package dev.kombo.engine.item;

import dev.kombo.engine.entity.EntityState;
import dev.kombo.engine.task.Outputs;
import dev.kombo.learning.mining.MinedBundle;
import dev.kombo.learning.mining.MinedBundles;
import dev.kombo.learning.mining.NeighborCounts;
import dev.kombo.learning.mining.SuggestionChange;
import dev.kombo.learning.mining.SuggestionIndex.Suggestion;
import dev.kombo.learning.mining.SuggestionPolicy;
import dev.kombo.metric.KomboMetric;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Emits what a {@link SuggestionPolicy} decides about mined bundles. Not thread-safe. */
final class SuggestionPublisher {
    private static final long NEVER = Long.MIN_VALUE / 2;

    private final ItemContext context;
    private final SuggestionPolicy policy;
    private final LongAdder suggested;
    private final LongAdder withdrawn;
    private long suggestedAt = NEVER;

    SuggestionPublisher(ItemContext context) {
        this.context = context;
        this.policy = new SuggestionPolicy(
                context.settings().mining(),
                context.models().catalog(),
                context.models().suggestions(),
                context.settings().profile().holdings());
        this.suggested = context.counters().counter(KomboMetric.BUNDLES_SUGGESTED);
        this.withdrawn = context.counters().counter(KomboMetric.BUNDLES_WITHDRAWN);
    }

    SuggestionPolicy policy() {
        return policy;
    }

    /** When a bundle was last suggested, epoch milliseconds of the machine's clock. */
    long suggestedAt() {
        return suggestedAt;
    }

    /**
     * Suggests the bundles of an item that are due.
     *
     * @param item id of the item
     */
    void suggest(String entity, String item, EntityState state, NeighborCounts counts, long systemTime) {
        List<SuggestionChange> changes = policy.suggest(item, counts, state.purchases(), state.latest());
        if (changes.isEmpty()) {
            return;
        }
        for (SuggestionChange change : changes) {
            emit(change, change.suggestedAt());
            suggested.add(change.catalog() == SuggestionChange.Entry.REMOVED ? 0 : 1);
        }
        suggestedAt = systemTime;
        // The miner recorded the support at which each bundle was suggested.
        context.tables().put(entity, counts, systemTime);
    }

    /**
     * Evaluates a suggestion by the counts of today.
     *
     * @return what was emitted; null: nothing
     */
    @Nullable
    SuggestionChange review(
            Suggestion suggestion, NeighborCounts counts, boolean recent, boolean indexed, long systemTime) {
        SuggestionChange change = policy.review(suggestion, counts, recent, indexed);
        if (change != null) {
            boolean gone = change.suggestion() == SuggestionChange.Suggested.WITHDRAWN;
            emit(change, gone ? systemTime : change.suggestedAt());
            withdrawn.add(gone ? 1 : 0);
        }
        return change;
    }

    private void emit(SuggestionChange change, long time) {
        Outputs<ItemOutput> outputs = context.outputs();
        MinedBundle bundle = change.bundle();
        if (change.suggestion() == SuggestionChange.Suggested.WITHDRAWN) {
            outputs.emit(new ItemOutput.SuggestionWithdrawn(bundle.id(), time));
        } else {
            outputs.emit(new ItemOutput.SuggestionMade(change.told(), time));
        }
        if (change.catalog() == SuggestionChange.Entry.ADDED) {
            outputs.emit(new ItemOutput.BundleOffered(
                    MinedBundles.offered(bundle, context.models().catalog(), time), time));
        } else if (change.catalog() == SuggestionChange.Entry.REMOVED) {
            outputs.emit(new ItemOutput.BundleTakenOut(bundle.id(), time));
        }
    }
}
