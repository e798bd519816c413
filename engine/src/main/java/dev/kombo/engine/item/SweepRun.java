package dev.kombo.engine.item;

import dev.kombo.engine.entity.EntityState;
import dev.kombo.engine.model.SweepSum;
import dev.kombo.engine.task.Outputs;
import dev.kombo.learning.factors.FactorSettings;
import dev.kombo.learning.factors.PartnerFactors;
import dev.kombo.learning.factors.PartnerTable;
import dev.kombo.learning.factors.QuantizedVector;
import dev.kombo.learning.factors.RowSweep;
import dev.kombo.math.StableHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Recomputes once the factor vectors of all items and bundles of one item task, which are the task's part of the next
 * generation of factors. Vectors are emitted in blocks of {@value #BLOCK_ROWS}, as one output per row would be most of
 * what the item task writes. Not thread-safe.
 */
public final class SweepRun {
    private static final int BLOCK_ROWS = 200;
    private static final String ROWS = "/";
    private static final String COLUMNS = "/c";

    private final Outputs<? super ItemOutput> outputs;
    private final RowSweep sweep;
    private final int partition;
    private final Set<String> published;
    private List<Long> partners = new ArrayList<>(BLOCK_ROWS);
    private List<QuantizedVector> vectors = new ArrayList<>(BLOCK_ROWS);
    private int block;

    /**
     * @param factors those in force
     * @param partition of the task
     * @param generation that the sweep makes a part of
     * @param published keys of the blocks of earlier sweeps that are still published
     */
    public SweepRun(
            Outputs<? super ItemOutput> outputs,
            FactorSettings settings,
            PartnerFactors factors,
            int partition,
            int generation,
            Set<String> published) {
        this.outputs = outputs;
        this.sweep = new RowSweep(settings, factors, generation);
        this.partition = partition;
        this.published = published;
    }

    /** The generation that it makes a part of. */
    public int generation() {
        return sweep.generation();
    }

    /**
     * Processes a row.
     *
     * @param time of the latest event, epoch milliseconds
     */
    public void add(String entity, EntityState state, long time) {
        long partner = PartnerTable.partnerOf(StableHash.of(entity));
        QuantizedVector vector = sweep.add(partner, state.partners(), time);
        if (vector != null) {
            partners.add(partner);
            vectors.add(vector);
            if (vectors.size() == BLOCK_ROWS) {
                emitBlock(time);
            }
        }
    }

    private void emitBlock(long time) {
        outputs.emit(new ItemOutput.SweepBlock(
                partition + ROWS + block++, partition, sweep.generation(), partners, vectors, time));
        partners = new ArrayList<>(BLOCK_ROWS);
        vectors = new ArrayList<>(BLOCK_ROWS);
    }

    /** Removes blocks of an earlier, longer sweep that this one did not replace. */
    private void forgetBlocks(String kind, int from, long time) {
        for (int left = from; published.contains(partition + kind + left); left++) {
            outputs.emit(new ItemOutput.SweepBlockRemoved(partition + kind + left, time));
        }
    }

    /**
     * Ends the sweep after the last row.
     *
     * @param updates that the task has applied so far
     */
    public void end(long updates, long time) {
        if (!vectors.isEmpty()) {
            emitBlock(time);
        }
        forgetBlocks(ROWS, block, time);
        forgetBlocks(COLUMNS, emitColumns(time), time);
        SweepSum sum = new SweepSum(
                partition,
                sweep.generation(),
                sweep.gram().toFloats(),
                sweep.gram().rows(),
                updates);
        outputs.emit(new ItemOutput.SweepEnded(sum, time));
    }

    /** Emits all columns at the end: until then a row may still add to any entity's column. Returns how many blocks. */
    private int emitColumns(long time) {
        List<Long> entities = new ArrayList<>(sweep.columns().keySet());
        int blocks = 0;
        for (int from = 0; from < entities.size(); from += BLOCK_ROWS) {
            List<Long> some = entities.subList(from, Math.min(from + BLOCK_ROWS, entities.size()));
            List<float[]> columns = new ArrayList<>(some.size());
            some.forEach(entity -> columns.add(sweep.columns().get(entity)));
            outputs.emit(new ItemOutput.SweepColumns(
                    partition + COLUMNS + blocks++, partition, sweep.generation(), some, columns, time));
        }
        return blocks;
    }

    /** Rows left out because a number in them is not finite. */
    public long dropped() {
        return sweep.dropped();
    }
}
