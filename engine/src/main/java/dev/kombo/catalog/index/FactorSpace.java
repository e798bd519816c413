package dev.kombo.catalog.index;

import dev.kombo.math.FactorMath;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The factor vectors that ranking compares: those of the items and bundles of one generation in one common basis, and
 * what is derived for bundles from the vectors of their members. With V the raw vectors of the generation, the vectors
 * of its entities are
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
    /** Root of an entity's mass by which its vector is multiplied: the fourth. */
    private static final int ROOT = 4;

    private static final int FIRST_CAPACITY = 64;

    private final int generation;
    private final float[][] whitening;
    private final double moment;
    private final Snapshots<float[]> entities = new Snapshots<>();
    private final DenseFloats shrinkages = new DenseFloats(0f);
    private final Snapshots<BundleFactors> bundles = new Snapshots<>();
    private final BundleDirections columns;
    private final MemberDirections members;

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
        members = new MemberDirections(whitening.length);
    }

    /** Creates an empty space of the same generation at another moment. */
    FactorSpace at(double otherMoment) {
        return new FactorSpace(generation, whitening, otherMoment);
    }

    /**
     * Sets an entity's vector. Called by the one writer.
     *
     * @param raw its vector; null: none is known
     * @param massKey {@link LogPopularity#key} of its mass
     */
    void set(int slot, float @Nullable [] raw, double massKey) {
        double logMass = massKey - moment;
        float root = (float) Math.exp(logMass / 2);
        float shrinkage = 1 / root;
        // A mass that has decayed so far that its inverse root is infinite counts as none.
        boolean usable =
                raw != null && raw.length == whitening.length && Float.isFinite(root) && Float.isFinite(shrinkage);
        fill(entities, slot);
        entities.set(slot, raw != null && usable ? whitened(raw, (float) Math.exp(logMass / ROOT)) : null);
        shrinkages.set(slot, usable ? shrinkage : 0f);
    }

    private float[] whitened(float[] raw, float scale) {
        float[] row = new float[raw.length];
        addWhitened(raw, scale, row);
        return row;
    }

    /** Adds a raw vector, whitened and scaled. */
    public void addWhitened(float[] raw, float scale, float[] sum) {
        for (int j = 0; j < raw.length; j++) {
            FactorMath.addScaled(sum, scale * raw[j], whitening[j]);
        }
    }

    /**
     * Recomputes the factors of a bundle. Called by the one writer.
     *
     * @param own {@link FactorIndex#slot} of the bundle
     * @param slots of its members; kept
     * @param fills whether some fill slots of the bundle
     */
    void assemble(int bundle, int own, int[] slots, boolean fills) {
        float[][] vectors = new float[slots.length][];
        for (int m = 0; m < slots.length; m++) {
            vectors[m] = vector(slots[m]);
        }
        float[] vector = vector(own);
        float shrinkage = vector == null ? 0f : shrinkage(own);
        float mass = shrinkage > 0 ? 1 / (shrinkage * shrinkage) : 0f;
        BundleFactors known = BundleFactors.of(vector, mass, vectors, slots, fills, members);
        fill(bundles, bundle);
        bundles.set(bundle, known);
        columns.set(bundle, known);
    }

    /** Adds the bundle's direction to those of its members. Called by the one writer, before {@link #assemble}. */
    void propagate(int bundle, int own, int[] slots) {
        members.put(bundle, vector(own), slots);
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
    public float @Nullable [] vector(int slot) {
        return slot >= 0 && slot < entities.size() ? entities.get(slot) : null;
    }

    /** n^-1/2 of an entity, by its {@link FactorIndex#slot}; 0 where it has no vector. */
    float shrinkage(int slot) {
        return shrinkages.get(slot);
    }

    /**
     * Adds an entity's contribution to the vector of a shopper who interacted with it: n^-1/4 (VᵀV)^-1/2 v.
     *
     * @param sum of {@link #factors} components
     */
    public void addInteraction(int slot, float weight, float[] sum) {
        float[] row = vector(slot);
        if (row != null) {
            FactorMath.addScaled(sum, weight * shrinkages.get(slot), row);
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

    /**
     * The bundles' vectors, normalised to length 1 and stored by column: {@code columns[factor][ordinal]}. The products
     * of one vector with all of them are a few vectorised loops over arrays with one shared index, whereas one array
     * per bundle would miss the caches each time. The price: writing a bundle touches one cache line per factor.
     *
     * <p>One thread writes, any thread reads without a lock. A reader may see a direction in mid-update, never NaN:
     * each component is finite and is written atomically.
     */
    private static final class BundleDirections {
        private volatile float[][] columns;

        BundleDirections(int factors) {
            columns = new float[factors][FIRST_CAPACITY];
        }

        /** Sets a bundle's direction; zeros where it has no vector. Called by the one writer. */
        void set(int ordinal, BundleFactors factors) {
            float[][] current = columns;
            if (current.length > 0 && ordinal >= current[0].length) {
                current = grown(current, ordinal);
                columns = current;
            }
            for (int k = 0; k < current.length; k++) {
                current[k][ordinal] = factors.vector() == null ? 0f : factors.vector()[k] / factors.norm();
            }
        }

        private static float[][] grown(float[][] small, int ordinal) {
            float[][] grown = new float[small.length][];
            for (int k = 0; k < grown.length; k++) {
                grown[k] = Arrays.copyOf(small[k], Math.max(ordinal + 1, 2 * small[k].length));
            }
            return grown;
        }

        /** Products with a vector, by ordinal in [0, count). */
        @SuppressWarnings("MagicNumber") // Four at a time.
        void products(float[] vector, float[] products, int count) {
            float[][] current = columns;
            Arrays.fill(products, 0, count, 0f);
            int covered = current.length == 0 ? 0 : Math.min(count, current[0].length);
            int k = 0;
            for (; k + 4 <= current.length; k += 4) {
                addFour(current, k, vector, products, covered);
            }
            for (; k < current.length; k++) {
                addOne(current[k], vector[k], products, covered);
            }
        }

        private static void addOne(float[] column, float factor, float[] products, int count) {
            for (int i = 0; i < count; i++) {
                products[i] += factor * column[i];
            }
        }

        /** Four columns per pass, which quarters the loads and stores of the products. */
        @SuppressWarnings("MagicNumber") // Four at a time.
        private static void addFour(float[][] columns, int k, float[] vector, float[] products, int count) {
            float[] column0 = columns[k];
            float[] column1 = columns[k + 1];
            float[] column2 = columns[k + 2];
            float[] column3 = columns[k + 3];
            float factor0 = vector[k];
            float factor1 = vector[k + 1];
            float factor2 = vector[k + 2];
            float factor3 = vector[k + 3];
            for (int i = 0; i < count; i++) {
                products[i] +=
                        (factor0 * column0[i] + factor1 * column1[i]) + (factor2 * column2[i] + factor3 * column3[i]);
            }
        }
    }
}
