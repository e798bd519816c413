package dev.kombo.engine.item;

import dev.kombo.learning.factors.FactorSettings;
import dev.kombo.learning.factors.PartnerFactors;
import dev.kombo.learning.factors.PartnerTable;
import dev.kombo.learning.factors.RowProduct;
import dev.kombo.math.FactorMath;
import dev.kombo.math.StableHash;
import java.util.concurrent.atomic.LongAdder;

/**
 * Moves the factor vector of an item or bundle, after events, part of the way from its current value to the value with
 * the smallest loss, see {@link RowProduct}. An entity without factors takes the whole way at once, so that it can be
 * retrieved after its first interaction that follows another one. The step is taken when the entity is published, once
 * for all events since, because nothing else reads it and it costs more than counting. Not thread-safe.
 */
public final class FactorLearner {
    private static final float WHOLE_WAY = 1f;

    private final FactorSettings settings;
    private final PartnerFactors factors;
    private final RowProduct product;
    private final LongAdder dropped;

    /**
     * The factors of an entity.
     *
     * @param values empty: none
     * @param generation that they are comparable with; 0: none
     */
    public record Stepped(float[] values, int generation) {
        private static final Stepped NOWHERE = new Stepped(new float[0], 0);
    }

    /**
     * Creates a learner of rows whose partners have the given vectors.
     *
     * @param dropped counts steps that were not taken because a number in them is not finite
     */
    public FactorLearner(FactorSettings settings, PartnerFactors factors, LongAdder dropped) {
        this.settings = settings;
        this.factors = factors;
        this.product = new RowProduct(factors, settings.factors(), settings.seed());
        this.dropped = dropped;
    }

    /**
     * Takes the step and returns the new factors; empty where the entity stays as it is.
     *
     * @param counts of the entity's row
     * @param now epoch milliseconds of the latest event
     */
    public Stepped step(String entity, PartnerTable counts, long now) {
        int generation = factors.generation();
        if (generation == 0 || settings.eventStep() == 0) {
            return Stepped.NOWHERE;
        }
        long partner = PartnerTable.partnerOf(StableHash.of(entity));
        float[] best = product.of(partner, counts, now);
        if (best == null) {
            return Stepped.NOWHERE;
        }
        if (!FactorMath.allFinite(best)) {
            dropped.increment();
            return Stepped.NOWHERE;
        }
        float[] vector = new float[best.length];
        boolean known = factors.copyTo(partner, vector);
        RowProduct.step(vector, best, known ? settings.eventStep() : WHOLE_WAY);
        return new Stepped(vector, generation);
    }
}
