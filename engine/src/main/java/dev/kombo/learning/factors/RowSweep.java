package dev.kombo.learning.factors;

import dev.kombo.math.FactorMath;
import dev.kombo.math.StableHash;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Recomputes the factor vectors of all items and bundles of one partition, row by row: each row takes the whole step to
 * the minimum of its loss, with the vectors of the active generation; together they are the partition's part of the
 * next generation. The sweep does not read what it writes, so the order of the rows does not matter. Not thread-safe.
 */
public final class RowSweep {
    private static final float NOISE = 0.005f;

    /**
     * Most columns of entities without a published model: few are about to be published, and made-up ids are unlimited.
     */
    private static final int MOST_UNKNOWN = 1_000;

    private final PartnerFactors factors;
    private final long seed;
    private final RowProduct product;
    private final int generation;
    private final Gram gram;
    private final float[] published;
    private final float[] own;
    private final Map<Long, float[]> columns = new HashMap<>();
    private int unknown;
    private long dropped;

    /**
     * Starts a sweep.
     *
     * @param generation that it makes a part of
     */
    public RowSweep(FactorSettings settings, PartnerFactors factors, int generation) {
        this.factors = factors;
        this.seed = settings.seed();
        this.product = new RowProduct(factors, settings.factors(), settings.seed());
        this.generation = generation;
        this.gram = new Gram(settings.factors());
        this.published = new float[settings.factors()];
        this.own = new float[settings.factors()];
    }

    /**
     * Processes a row.
     *
     * @param partner its entity: {@link PartnerTable#partnerOf}
     * @param now to which everything is decayed, epoch milliseconds
     * @return its vector, of length 0 where it had one and has none any more; null where it still has none
     */
    public @Nullable QuantizedVector add(long partner, PartnerTable row, long now) {
        addColumns(partner, row, now);
        float[] vector = product.of(partner, row, now);
        if (vector == null) {
            return none(partner);
        }
        if (!FactorMath.allFinite(vector)) {
            dropped++;
            return none(partner);
        }
        addNoise(partner, vector);
        QuantizedVector quantized = QuantizedVector.of(vector);
        quantized.copyTo(published);
        gram.add(published);
        return quantized;
    }

    /**
     * Adds a small random part, a different one in each generation. Without it, a direction with too few counts at
     * first would be lost for ever, since the next sweep starts from the result of this one; with it, the direction
     * grows as counts arrive.
     */
    private void addNoise(long partner, float[] vector) {
        float scale = NOISE * (float) (FactorMath.norm(vector) / Math.sqrt(vector.length));
        long state = StableHash.combine(seed + generation, partner);
        for (int k = 0; k < vector.length; k++) {
            state = StableHash.mix(state);
            vector[k] += scale * (float) (2 * StableHash.unit(state) - 1);
        }
    }

    /** Adds a row's contributions to the columns of its partners. */
    private void addColumns(long partner, PartnerTable row, long now) {
        Arrays.fill(own, 0f);
        if (factors.generation() == 0 || !factors.addTo(partner, 1f, own)) {
            return;
        }
        Arrays.fill(published, 0f);
        factors.addWhitened(own, published);
        float decay = (float) row.decayAt(now);
        for (int i = 0; i < row.size(); i++) {
            float[] column = columns.get(row.partner(i));
            if (column == null) {
                if (!factors.knows(row.partner(i)) && ++unknown > MOST_UNKNOWN) {
                    continue;
                }
                column = new float[own.length];
                columns.put(row.partner(i), column);
            }
            FactorMath.addScaled(column, decay * row.storedCount(i), published, own.length);
        }
    }

    /**
     * The columns of the partners of the rows so far, by {@link PartnerTable#partnerOf}: the sum over the rows of count
     * times n^-1/4 times whitened vector, as used by {@link PartnerFactors#addColumn}. The next sweep reads them: they
     * use the vectors before those that this sweep makes, which are nearly the same.
     */
    public Map<Long, float[]> columns() {
        return columns;
    }

    private @Nullable QuantizedVector none(long partner) {
        return factors.copyTo(partner, published) ? QuantizedVector.NONE : null;
    }

    /** The generation that it makes a part of. */
    public int generation() {
        return generation;
    }

    /** The Gram matrix of the rows so far. */
    public Gram gram() {
        return gram;
    }

    /** Rows left out because a number in them is not finite. */
    public long dropped() {
        return dropped;
    }
}
