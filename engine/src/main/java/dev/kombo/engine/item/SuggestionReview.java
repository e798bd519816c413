package dev.kombo.engine.item;

import dev.kombo.entity.Entity;
import dev.kombo.learning.mining.MinedBundle;
import dev.kombo.learning.mining.MinedSlot;
import dev.kombo.learning.mining.NeighborCounts;
import dev.kombo.learning.mining.SuggestionChange;
import dev.kombo.learning.mining.SuggestionIndex.Suggestion;
import dev.kombo.learning.mining.SuggestionPolicy;
import dev.kombo.settings.Millis;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Evaluates suggested bundles anew by the counts of today, see {@link SuggestionPolicy#review}. Each bundle belongs to
 * the task of its first member, which proposed it. All are evaluated, a few at a time, after each walk over the rows,
 * and for a while after a suggestion, whose counts may have lagged. Not thread-safe.
 */
final class SuggestionReview {
    private static final int AT_ONCE = 20;
    private static final long INTERVAL = 2_000;

    /**
     * Time after a suggestion within which the index of this instance has the counts and bundles of other tasks, in ms.
     */
    private static final long SETTLING = Millis.MINUTE;

    private final ItemContext context;
    private final SuggestionPublisher suggestions;
    private final EntityPublisher publisher;
    /** Slots whose pairs were searched since a person rejected or stopped their bundle; at a restart, once more. */
    private final Map<String, MinedSlot> released = new HashMap<>();

    private Iterator<Suggestion> open = Collections.emptyIterator();
    private long begunAt;
    private boolean walked;
    private boolean recent;

    SuggestionReview(ItemContext context, SuggestionPublisher suggestions, EntityPublisher publisher) {
        this.context = context;
        this.suggestions = suggestions;
        this.publisher = publisher;
    }

    /** All bundles are evaluated once more. */
    void begin() {
        walked = true;
    }

    /** Evaluates the next few bundles; returns whether some are left. */
    boolean evaluateNext(long systemTime) {
        long sinceSuggestion = systemTime - suggestions.suggestedAt();
        boolean settling = sinceSuggestion < SETTLING && systemTime - begunAt >= INTERVAL;
        if (!open.hasNext() && (walked || settling)) {
            begunAt = systemTime;
            open = context.models().suggestions().all();
            recent = !walked;
            walked = false;
        }
        for (int i = 0; i < AT_ONCE && open.hasNext(); i++) {
            Suggestion suggestion = open.next();
            String proposer = proposer(suggestion.bundle());
            context.isolation().attempt(proposer, systemTime, () -> {
                release(suggestion.bundle(), systemTime);
                if (context.partition().owns().test(proposer)) {
                    evaluate(suggestion, sinceSuggestion >= INTERVAL, systemTime);
                }
            });
        }
        return open.hasNext();
    }

    private void evaluate(Suggestion suggestion, boolean indexed, long systemTime) {
        String proposer = proposer(suggestion.bundle());
        NeighborCounts counts = context.tables().counts(proposer);
        SuggestionChange change = suggestions.review(suggestion, counts, recent, indexed, systemTime);
        if (change != null && change.suggestion() == SuggestionChange.Suggested.WITHDRAWN) {
            // The index may have lagged: then it is found again at once.
            counts.withdraw(suggestion.bundle());
            context.tables().put(proposer, counts, systemTime);
            publisher.search(proposer, systemTime);
        }
    }

    /**
     * Lets the pairs of a slot be suggested again once its bundle no longer stands for them. Each pair belongs to the
     * task of its first item, so each task searches what it has of the items.
     */
    private void release(MinedBundle bundle, long systemTime) {
        MinedSlot slot = bundle.slot();
        if (slot == null) {
            return;
        }
        if (suggestions.policy().stands(bundle.id())) {
            released.remove(bundle.id());
            return;
        }
        if (slot.equals(released.get(bundle.id()))) {
            return;
        }
        List<String> others = suggestions.policy().unsuggested(bundle.members().get(0), slot.items());
        String proposer = proposer(bundle);
        NeighborCounts counts = context.tables().counts(proposer);
        if (counts.withdraw(others)) {
            context.tables().put(proposer, counts, systemTime);
        }
        publisher.search(proposer, systemTime);
        others.forEach(other -> publisher.search(Entity.ofItem(other), systemTime));
        // Last: if anything before fails, the pairs are searched at the next review.
        released.put(bundle.id(), slot);
    }

    /** The item that a bundle is mined for. */
    private static String proposer(MinedBundle bundle) {
        return Entity.ofItem(bundle.members().get(0));
    }
}
