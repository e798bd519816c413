package dev.kombo.learning.factors;

import dev.kombo.math.FactorMath;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows of entities that tests sweep, with the vectors of the active generation. */
final class SweptRows implements PartnerFactors {
    static final int FACTORS = 8;
    static final long NOW = 1_000_000;

    private final int partitions;
    private final Map<Long, PartnerTable> rows = new LinkedHashMap<>();
    private final Map<Long, float[]> vectors = new HashMap<>();
    private final Map<Long, float[]> whitened = new HashMap<>();
    private final Generations generations;

    SweptRows(int partitions, double regularization) {
        this.partitions = partitions;
        this.generations = new Generations(FACTORS, regularization, partitions, 1000);
    }

    void add(long partner, PartnerTable row) {
        rows.put(partner, row);
    }

    PartnerTable row(long partner) {
        return rows.get(partner);
    }

    /** One sweep over all partitions, rows in the order in which they were added. */
    void sweep() {
        Map<Long, float[]> next = new HashMap<>();
        RowProduct product = new RowProduct(this, FACTORS, 1);
        int generation = generations.next();
        FactorBasis basis = null;
        for (int p = 0; p < partitions; p++) {
            Gram gram = new Gram(FACTORS);
            for (Map.Entry<Long, PartnerTable> row : rows.entrySet()) {
                float[] vector = row.getKey() % partitions == p ? product.of(row.getKey(), row.getValue(), NOW) : null;
                if (vector != null) {
                    next.put(row.getKey(), vector.clone());
                    gram.add(vector);
                }
            }
            basis = generations.sweepEnded(p, generation, gram.toFloats(), gram.rows(), 0, NOW);
        }
        whitened.clear();
        vectors.clear();
        vectors.putAll(next);
        for (Map.Entry<Long, float[]> row : next.entrySet()) {
            float[] whitenedRow = new float[FACTORS];
            basis.whiten(row.getValue(), whitenedRow);
            whitened.put(row.getKey(), whitenedRow);
        }
    }

    float[] whitened(long partner) {
        return whitened.get(partner);
    }

    List<Long> partners() {
        return List.copyOf(rows.keySet());
    }

    double massRoot(long partner) {
        return Math.pow(rows.get(partner).mass() * rows.get(partner).decayAt(NOW), 0.25);
    }

    FactorBasis basis() {
        return generations.basis();
    }

    @Override
    public boolean knows(long partner) {
        return rows.containsKey(partner);
    }

    @Override
    public int generation() {
        return basis() == null ? 0 : basis().generation();
    }

    @Override
    public boolean addTo(long partner, float weight, float[] sum) {
        float[] vector = whitened.get(partner);
        if (vector == null) {
            return false;
        }
        FactorMath.addScaled(sum, (float) (weight / massRoot(partner)), vector, sum.length);
        return true;
    }

    @Override
    public boolean addColumn(long partner, float weight, float[] product) {
        return false;
    }

    @Override
    public void addWhitened(float[] sum, float[] result) {
        // Vectors are whitened before they are summed here.
        FactorMath.addScaled(result, 1f, sum, sum.length);
    }

    @Override
    public boolean copyTo(long partner, float[] vector) {
        float[] known = vectors.get(partner);
        if (known != null) {
            System.arraycopy(known, 0, vector, 0, FACTORS);
        }
        return known != null;
    }
}
