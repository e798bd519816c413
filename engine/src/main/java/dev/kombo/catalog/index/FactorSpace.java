package dev.kombo.catalog.index;

/**
 * The vectors of one generation in one common basis, so that all of them are comparable: with V the raw vectors of the
 * generation, the vectors of its entities are
 *
 * <pre>
 *   x = n^1/4 (VᵀV)^-1/2 v
 * </pre>
 *
 * where n is the entity's mass at one common moment. A reader uses one space for a whole request: the next generation
 * gets its own space, and this one stays as it is.
 *
 * <p>One thread writes, any thread reads without a lock. A row is replaced, never changed: a reader may see one a
 * moment before or after the others, never half of it.
 */
public final class FactorSpace {
    private final int generation;
    private final float[][] whitening;
    private final double moment;
    private final Snapshots<float[]> entities = new Snapshots<>();
    private final DenseFloats shrinkages = new DenseFloats(0f);
    private final Snapshots<BundleFactors> bundles = new Snapshots<>();
    private final BundleDirections columns;

    /**
     * Creates a space without vectors.
     *
     * @param whitening (VᵀV)^-1/2, row by row
     * @param moment {@link LogPopularity#decay} of the time at which masses are taken
     */
    FactorSpace(int generation, float[][] whitening, double moment) {
        this.generation = generation;
        this.whitening = whitening;
        this.moment = moment;
        columns = new BundleDirections(whitening.length);
    }

    /** Creates an empty space of the same generation at another moment. */
    FactorSpace at(double otherMoment) {
        return new FactorSpace(generation, whitening, otherMoment);
    }

    /**
     * Sets an entity's vector. Called by the one writer.
     *
     * @param raw its vector, or null where none is known
     * @param massKey {@link LogPopularity#key} of its mass
     */
    void set(int slot, float[] raw, double massKey) {
        double logMass = massKey - moment;
        float root = (float) Math.exp(logMass / 2);
        boolean usable = raw != null && raw.length == whitening.length && root > 0 && Float.isFinite(root);
        fill(entities, slot);
        entities.set(slot, usable ? whitened(raw, (float) Math.exp(logMass / 4)) : null);
        shrinkages.set(slot, usable ? 1 / root : 0f);
    }

    private float[] whitened(float[] raw, float scale) {
        float[] row = new float[raw.length];
        addWhitened(raw, scale, row);
        return row;
    }

    /** Adds a raw vector, whitened and scaled. */
    public void addWhitened(float[] raw, float scale, float[] sum) {
        for (int j = 0; j < raw.length; j++) {
            float factor = scale * raw[j];
            float[] from = whitening[j];
            for (int k = 0; k < sum.length; k++) {
                sum[k] += factor * from[k];
            }
        }
    }

    double moment() {
        return moment;
    }

    /** Sets the factors of a bundle. Called by the one writer. */
    void set(int bundle, BundleFactors known) {
        fill(bundles, bundle);
        bundles.set(bundle, known);
        columns.set(bundle, known);
    }

    private static void fill(Snapshots<?> rows, int place) {
        while (rows.size() <= place) {
            rows.append(null);
        }
    }

    /** Number of the generation; 0 before the first. */
    public int generation() {
        return generation;
    }

    /** Length of the vectors; 0 before the first generation. */
    public int factors() {
        return whitening.length;
    }

    /** The vector of an entity, by its {@link FactorIndex#slot}; null where none is known. Must not be written. */
    public float[] vector(int slot) {
        return slot >= 0 && slot < entities.size() ? entities.get(slot) : null;
    }

    /**
     * Adds an entity's contribution to the vector of a shopper who interacted with it: n^-1/4 (VᵀV)^-1/2 v.
     *
     * @param sum of {@link #factors} components
     */
    public void addTouched(int slot, float weight, float[] sum) {
        float[] row = vector(slot);
        if (row != null) {
            float scale = weight * shrinkages.get(slot);
            for (int k = 0; k < row.length; k++) {
                sum[k] += scale * row[k];
            }
        }
    }

    /** The factors of a bundle by its ordinal. */
    public BundleFactors bundle(int ordinal) {
        BundleFactors known = ordinal < bundles.size() ? bundles.get(ordinal) : null;
        return known == null ? BundleFactors.NONE : known;
    }

    /**
     * Products of a vector with the directions of the bundles with ordinals in [0, count); 0 where a direction is not
     * known.
     */
    public void products(float[] vector, float[] products, int count) {
        columns.products(vector, products, count);
    }
}
