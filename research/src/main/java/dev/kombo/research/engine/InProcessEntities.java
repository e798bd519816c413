package dev.kombo.research.engine;

import dev.kombo.catalog.index.WritableCatalogIndex;
import dev.kombo.engine.EngineSettings;
import dev.kombo.engine.entity.EntityState;
import dev.kombo.engine.entity.EntityUpdate;
import dev.kombo.engine.entity.EntityUpdates;
import dev.kombo.engine.entity.IndexedFactors;
import dev.kombo.engine.item.EntityPublication;
import dev.kombo.engine.item.ItemOutput;
import dev.kombo.engine.item.SweepRun;
import dev.kombo.engine.model.SweepSum;
import dev.kombo.entity.Entity;
import dev.kombo.entity.EntityModel;
import dev.kombo.learning.factors.FactorBasis;
import dev.kombo.learning.factors.Generations;
import dev.kombo.learning.factors.SweepCadence;
import dev.kombo.learning.mining.NeighborCounts;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/**
 * What is learned of items and bundles, as the item task does it, in a map: owns all entities, publishes changed ones
 * into indexes, and sweeps all rows at once when a sweep is due. Not thread-safe.
 */
public final class InProcessEntities implements EntityUpdates {
    private record Owned(EntityState state, NeighborCounts neighbors) {}

    private final EngineSettings settings;
    private final List<WritableCatalogIndex> indexes;
    private final IndexedFactors factors;
    private final EntityPublication publication;
    private final Generations generations;
    private final Map<String, Owned> entities = new LinkedHashMap<>();
    private final Set<String> pending = new LinkedHashSet<>();
    private long updates;
    private long swept;
    private long time;

    /**
     * @param indexes the first is learned from; all receive the models
     */
    public InProcessEntities(EngineSettings settings, List<WritableCatalogIndex> indexes) {
        this.settings = settings;
        this.indexes = List.copyOf(indexes);
        this.factors = new IndexedFactors(indexes.get(0).factors());
        this.publication = new EntityPublication(settings, factors, new LongAdder());
        this.generations =
                new Generations(settings.factors().factors(), settings.factors().regularization(), 1, Long.MAX_VALUE);
    }

    @Override
    public void update(String entity, EntityUpdate update) {
        Owned owned = entities.computeIfAbsent(entity, this::unknown);
        pending.add(entity);
        owned.state.count(update);
        if (update.hasPartners()) {
            update.countPartners(Entity.idOf(entity), owned.neighbors);
        }
        updates++;
        time = Math.max(time, update.time());
        if (updates - swept
                >= SweepCadence.updates(
                        updates, entities.size(), settings.factors().sweepUpdatesPerRow())) {
            sweep();
        }
    }

    private Owned unknown(String entity) {
        return new Owned(EntityState.unknown(settings.index().popularity()), new NeighborCounts(settings.neighbors()));
    }

    /** Generation of the factors: number of sweeps so far. */
    public int generation() {
        return generations.next() - 1;
    }

    private void sweep() {
        swept = updates;
        // Neighbours are found in the published models.
        publish();
        SweepRun sweep = new SweepRun(this::read, settings.factors(), factors, 0, generations.next(), Set.of());
        entities.forEach((entity, owned) -> sweep.add(entity, owned.state, time));
        sweep.end(updates, time);
    }

    /** Reads what a sweep emits into the indexes, as every instance does. */
    private void read(ItemOutput output) {
        if (output instanceof ItemOutput.SweepBlock block) {
            for (int i = 0; i < block.partners().size(); i++) {
                long partner = block.partners().get(i);
                float[] vector = block.vectors().get(i).toFloats();
                indexes.forEach(index -> index.putVector(partner, block.generation(), vector));
            }
        } else if (output instanceof ItemOutput.SweepColumns block) {
            for (int i = 0; i < block.partners().size(); i++) {
                long partner = block.partners().get(i);
                float[] column = block.columns().get(i);
                indexes.forEach(index -> index.factors().columns().put(block.partition(), partner, column));
            }
        } else if (output instanceof ItemOutput.SweepEnded ended) {
            end(ended.sum(), ended.time());
        }
    }

    private void end(SweepSum sum, long sweptAt) {
        indexes.forEach(index -> index.factors().columns().end(sum.partition()));
        FactorBasis basis = generations.sweepEnded(
                sum.partition(), sum.generation(), sum.gram(), sum.rows(), sum.updates(), sweptAt);
        if (basis != null) {
            indexes.forEach(index -> index.beginGeneration(basis.generation(), basis.whitening()));
        }
    }

    /** Publishes changed entities. */
    public void publish() {
        for (String entity : pending) {
            EntityModel model = model(entity, entities.get(entity));
            for (WritableCatalogIndex index : indexes) {
                index.putModelLater(model);
            }
        }
        pending.clear();
        indexes.forEach(WritableCatalogIndex::refresh);
    }

    private EntityModel model(String entity, Owned owned) {
        return publication
                .of(entity, owned.state, owned.neighbors, every -> true, time)
                .model();
    }

    /** Returns the co-purchase neighbours of an item, or null if nothing is known. */
    public NeighborCounts partners(String itemId) {
        Owned owned = entities.get(Entity.ofItem(itemId));
        return owned == null ? null : owned.neighbors;
    }
}
