package dev.kombo.lab.quality.engine;

import dev.kombo.catalog.CatalogIndex;
import dev.kombo.catalog.Neighbor;
import dev.kombo.catalog.Target;
import dev.kombo.catalog.TargetModel;
import dev.kombo.engine.FirstFactors;
import dev.kombo.engine.TargetState;
import dev.kombo.engine.TargetUpdate;
import dev.kombo.engine.TargetUpdates;
import dev.kombo.learning.CooccurrenceCounts;
import dev.kombo.learning.ItemFactorLearner;
import dev.kombo.learning.NeighborCounts;
import dev.kombo.topology.EngineSettings;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/** The item task over maps: owns all targets, and publishes those that changed into indexes. Not thread-safe. */
public final class InProcessTargets implements TargetUpdates {
    private record Owned(TargetState state, NeighborCounts neighbors, CooccurrenceCounts cooccurrences) {}

    private final EngineSettings settings;
    private final List<CatalogIndex> indexes;
    private final FirstFactors first;
    private final ItemFactorLearner learner;
    private final LongAdder dropped;
    private final Map<String, Owned> targets = new HashMap<>();
    private final Set<String> pending = new LinkedHashSet<>();

    /**
     * Targets of which nothing is known.
     *
     * @param indexes the first is learned from; all get the models
     * @param dropped counts gradients that would not have been finite
     */
    public InProcessTargets(EngineSettings settings, List<CatalogIndex> indexes, LongAdder dropped) {
        this.settings = settings;
        this.indexes = List.copyOf(indexes);
        this.first = new FirstFactors(indexes.get(0), settings.factors());
        this.learner = new ItemFactorLearner(settings.factors());
        this.dropped = dropped;
    }

    @Override
    public void update(String target, TargetUpdate update) {
        Owned owned = targets.computeIfAbsent(target, this::unknown);
        boolean firstSincePublished = pending.add(target);
        if (!owned.state.apply(update, learner, firstSincePublished)) {
            dropped.increment();
        }
        if (update.hasPartners()) {
            update.countPartners(owned.neighbors);
        }
        if (update.touch() != null) {
            update.countCompanions(owned.cooccurrences);
        }
    }

    private Owned unknown(String target) {
        String id = target.equals(Target.ALL) ? target : Target.idOf(target);
        return new Owned(
                TargetState.unknown(
                        target,
                        first,
                        settings.index().popularity(),
                        settings.index().responses()),
                new NeighborCounts(id, settings.neighbors()),
                new CooccurrenceCounts(settings.cooccurrences()));
    }

    /** Publishes what changed. */
    public void publish() {
        for (String target : pending) {
            TargetModel model = model(target, targets.get(target));
            for (CatalogIndex index : indexes) {
                index.putModelLater(model);
            }
        }
        pending.clear();
        indexes.forEach(CatalogIndex::refresh);
    }

    private TargetModel model(String target, Owned owned) {
        TargetState state = owned.state;
        List<Neighbor> neighbors =
                owned.neighbors.strongest(settings.neighbors().published());
        return new TargetModel(
                target,
                state.factors().vector().clone(),
                state.factors().bias(),
                state.popularity().shortTerm(),
                state.popularity().longTerm(),
                state.popularity().time(),
                state.interactions(),
                state.purchases(),
                state.lastPriceMinor(),
                state.currency(),
                neighbors,
                owned.cooccurrences.strongest(settings.cooccurrences().published()),
                state.responses().counts(),
                state.interactions());
    }

    /** Partners of an item, or null where nothing is known of it. */
    public NeighborCounts partners(String itemId) {
        Owned owned = targets.get(Target.ofItem(itemId));
        return owned == null ? null : owned.neighbors;
    }
}
