package dev.kombo.engine;

import dev.kombo.catalog.StableHash;
import dev.kombo.learning.factors.FactorSettings;
import dev.kombo.learning.factors.Factors;
import dev.kombo.learning.factors.PartnerFactors;
import dev.kombo.learning.factors.PartnerTable;
import dev.kombo.learning.factors.RowProduct;
import java.util.concurrent.atomic.LongAdder;

/**
 * The step that events lead to on the factors of their target: part of the way from where the target is known to be to
 * where the loss of its row is least, {@link RowProduct}. A target without factors takes the whole way at once, so that it
 * is found as soon as somebody touched it after something else. It is taken when the target is published, once for all
 * events since: nothing else reads it, and it costs more than counting them. For one thread.
 */
public final class FactorLearner {
    private static final float WHOLE_WAY = 1f;

    private final FactorSettings settings;
    private final PartnerFactors factors;
    private final RowProduct product;
    private final LongAdder dropped;

    /**
     * A target's factors.
     *
     * @param values empty: none
     * @param generation that they are comparable with; 0: none
     */
    public record Stepped(float[] values, int generation) {
        private static final Stepped NOWHERE = new Stepped(new float[0], 0);
    }

    /**
     * A learner of rows whose partners have the given vectors.
     *
     * @param dropped counts steps that were not taken, because a number in them is not finite
     */
    public FactorLearner(FactorSettings settings, PartnerFactors factors, LongAdder dropped) {
        this.settings = settings;
        this.factors = factors;
        this.product = new RowProduct(factors, settings.factors(), settings.seed());
        this.dropped = dropped;
    }

    /**
     * Where a target is after the step; without factors where it stays as it is.
     *
     * @param counts of the target's row
     * @param now epoch milliseconds of the latest event
     */
    public Stepped step(String target, PartnerTable counts, long now) {
        int generation = factors.generation();
        if (generation == 0 || settings.eventStep() == 0) {
            return Stepped.NOWHERE;
        }
        long partner = PartnerTable.partnerOf(StableHash.of(target));
        float[] best = product.of(partner, counts, now);
        if (best == null) {
            return Stepped.NOWHERE;
        }
        if (!Factors.allFinite(best)) {
            dropped.increment();
            return Stepped.NOWHERE;
        }
        float[] vector = new float[best.length];
        boolean known = factors.copyTo(partner, vector);
        RowProduct.step(vector, best, known ? settings.eventStep() : WHOLE_WAY);
        return new Stepped(vector, generation);
    }
}
