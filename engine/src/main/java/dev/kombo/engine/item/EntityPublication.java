package dev.kombo.engine.item;

import dev.kombo.engine.EngineSettings;
import dev.kombo.engine.entity.EntityState;
import dev.kombo.entity.Neighbor;
import dev.kombo.learning.factors.PartnerFactors;
import dev.kombo.learning.factors.QuantizedVector;
import dev.kombo.learning.mining.NeighborCounts;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Works out what is published of an item or bundle: moves its factors by the events since the last time, and selects
 * its strongest neighbours. Not thread-safe.
 */
public final class EntityPublication {
    private final FactorLearner learner;
    private final int neighbors;

    /**
     * @param factors those in force
     * @param dropped counts steps of the factors that were not taken because a number in them is not finite
     */
    public EntityPublication(EngineSettings settings, PartnerFactors factors, LongAdder dropped) {
        this.learner = new FactorLearner(settings.factors(), factors, dropped);
        this.neighbors = settings.neighbors().published();
    }

    /**
     * Returns what is published of an entity.
     *
     * @param counts what is bought with it; null: it is no item
     * @param known which neighbours are published: otherwise each id that somebody puts into an order would take up
     *     space in every index
     * @param now to which customers by level are decayed, epoch milliseconds; the same for all entities
     */
    public PublishedEntity of(
            String entity, EntityState state, @Nullable NeighborCounts counts, Predicate<String> known, long now) {
        List<Neighbor> strongest = counts == null ? List.of() : counts.strongest(neighbors);
        if (counts != null) {
            strongest.removeIf(neighbor -> !known.test(neighbor.itemId()));
        }
        FactorLearner.Stepped stepped = learner.step(entity, state.partners(), state.latest());
        return new PublishedEntity(
                entity,
                state,
                QuantizedVector.of(stepped.values()),
                stepped.generation(),
                strongest,
                state.levels().at(now));
    }
}
