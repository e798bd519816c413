package dev.kombo.engine.item;

import dev.kombo.catalog.StableHash;
import dev.kombo.engine.entity.EntityState;
import dev.kombo.engine.model.SweepSum;
import dev.kombo.engine.task.Outputs;
import dev.kombo.learning.factors.FactorSettings;
import dev.kombo.learning.factors.PartnerFactors;
import dev.kombo.learning.factors.PartnerTable;
import dev.kombo.learning.factors.QuantizedVector;
import dev.kombo.learning.factors.RowSweep;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One sweep over the rows of a task, which computes the task's part of the next generation of factors. Vectors are
 * emitted in blocks of {@value #BLOCK_ROWS}, as one output per row would be most of what the item task writes. Not
 * thread-safe.
 */
public final class SweepRun {
    private static final int BLOCK_ROWS = 200;

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
            add(false, partner, vector, time);
        }
    }

    /** Adds to the current block, and emits the block when it is full. */
    private void add(boolean column, long partner, QuantizedVector vector, long time) {
        partners.add(partner);
        vectors.add(vector);
        if (vectors.size() == BLOCK_ROWS) {
            emitBlock(column, time);
        }
    }

    private void emitBlock(boolean column, long time) {
        if (vectors.isEmpty()) {
            return;
        }
        outputs.emit(new ItemOutput.SweepBlock(
                key(column, block++), partition, sweep.generation(), column, partners, vectors, time));
        partners = new ArrayList<>(BLOCK_ROWS);
        vectors = new ArrayList<>(BLOCK_ROWS);
    }

    private String key(boolean column, int number) {
        return partition + (column ? "/c" : "/") + number;
    }

    /** Removes blocks of an earlier, longer sweep that this one did not replace. */
    private void forgetBlocks(boolean column, long time) {
        while (published.contains(key(column, block))) {
            outputs.emit(new ItemOutput.SweepBlockRemoved(key(column, block++), time));
        }
    }

    /**
     * Ends the sweep after the last row.
     *
     * @param updates that the task has applied so far
     */
    public void end(long updates, long time) {
        emitBlock(false, time);
        forgetBlocks(false, time);
        // All columns at the end: until then a row may still add to any entity's column.
        block = 0;
        sweep.columns().forEach((partner, column) -> add(true, partner, QuantizedVector.of(column), time));
        emitBlock(true, time);
        forgetBlocks(true, time);
        SweepSum sum = new SweepSum(
                partition,
                sweep.generation(),
                sweep.gram().toFloats(),
                sweep.gram().rows(),
                updates);
        outputs.emit(new ItemOutput.SweepEnded(sum, time));
    }

    /** Rows left out because a number in them is not finite. */
    public long dropped() {
        return sweep.dropped();
    }
}
