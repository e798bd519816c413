package dev.kombo.learning.factors;

/**
 * The factor vectors of the generation in force, by the ids that {@link PartnerTable}s know targets by. Read by any
 * thread. A reader gets whole vectors; of two reads one may be of the generation before.
 */
public interface PartnerFactors {
    /** Whether anything was published of a target, by {@link PartnerTable#partnerOf}. */
    boolean knows(long partner);

    /** Number of the generation in force; 0 before the first. */
    int generation();

    /**
     * Adds the vector that the last sweep told of a target, times a weight and n^-1/4, n being the target's decayed mass.
     * Vectors that steps led to since are not added: a step would be from what a step led to, which diverges.
     *
     * @param partner {@link PartnerTable#partnerOf} the target
     * @return false where the target or its vector is not known: nothing was added
     */
    boolean addTo(long partner, float weight, float[] sum);

    /**
     * Adds what the rows of other targets say of a target, as the sweeps before told: the sum over them of count times
     * n^-1/4 times whitened vector, n being the mass of the row's target.
     *
     * @param partner {@link PartnerTable#partnerOf} the target
     * @return false where nothing is known: nothing was added
     */
    boolean addColumn(long partner, float weight, float[] product);

    /** Whitens such a sum: adds it, times the basis of the generation, to another vector. */
    void addWhitened(float[] sum, float[] whitened);

    /**
     * Copies the vector that a target has now, not whitened.
     *
     * @return false where none is known: nothing was copied
     */
    boolean copyTo(long partner, float[] vector);
}
