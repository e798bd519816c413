package dev.kombo.engine;

import dev.kombo.catalog.StableHash;
import dev.kombo.learning.FactorSettings;
import dev.kombo.learning.Factors;
import dev.kombo.learning.PartnerFactors;
import dev.kombo.learning.PartnerTable;
import dev.kombo.learning.RowProduct;

/**
 * An event's step on the factors of its target: part of the way to where the loss of the row is least, {@link
 * RowProduct}. A target without factors takes the whole way at once, so that it is found as soon as somebody touched it
 * after something else. For one thread.
 */
public final class FactorLearner {
    private static final float WHOLE_WAY = 1f;

    private final FactorSettings settings;
    private final PartnerFactors factors;
    private final RowProduct product;

    /** A learner of rows whose partners have the given vectors. */
    public FactorLearner(FactorSettings settings, PartnerFactors factors) {
        this.settings = settings;
        this.factors = factors;
        this.product = new RowProduct(factors, settings.factors(), settings.seed());
    }

    /**
     * Takes the step of an event that was counted.
     *
     * @param now epoch milliseconds of the event
     * @return false where it was dropped, because a number in it is not finite; the vector stays as it was
     */
    public boolean step(String target, TargetState state, long now) {
        int generation = factors.generation();
        if (generation == 0 || settings.eventStep() == 0) {
            return true;
        }
        long partner = PartnerTable.partnerOf(StableHash.of(target));
        float[] best = product.of(partner, state.partners(), now);
        if (best == null) {
            return true;
        }
        if (!Factors.allFinite(best)) {
            return false;
        }
        float[] vector = state.vector();
        float rate = settings.eventStep();
        if (state.generation() != generation || vector.length != best.length) {
            vector = new float[best.length];
            boolean known = factors.copyTo(partner, vector);
            rate = known ? rate : WHOLE_WAY;
        }
        RowProduct.step(vector, best, rate);
        state.moved(vector, generation);
        return true;
    }
}
