package dev.kombo.learning.factors;

/**
 * Provides the vectors of the active generation by partner ids, as {@link PartnerTable} stores them. Any thread reads.
 * A reader gets whole vectors; of two reads, one may return the generation before.
 */
public interface PartnerFactors {
    /** Whether a model of an entity was published, by {@link PartnerTable#partnerOf}. */
    boolean knows(long partner);

    /** Number of the active generation; 0 before the first. */
    int generation();

    /**
     * Adds the vector of an entity as of the last sweep, times a weight and n^-1/4, n being the entity's decayed mass.
     * Later event steps are left out: steps that start from the results of other steps would diverge.
     *
     * @param partner {@link PartnerTable#partnerOf} the entity
     * @return false where the entity or its vector is not known: nothing was added
     */
    boolean addTo(long partner, float weight, float[] sum);

    /**
     * Adds the column of an entity as of the sweeps before: the sum over the rows of other entities of count times
     * n^-1/4 times whitened vector, n being the mass of the row's entity.
     *
     * @param partner {@link PartnerTable#partnerOf} the entity
     * @return false where none is known: nothing was added
     */
    boolean addColumn(long partner, float weight, float[] product);

    /** Whitens a sum: adds it, times the basis of the generation, to another vector. */
    void addWhitened(float[] sum, float[] whitened);

    /**
     * Copies the current vector of an entity, not whitened.
     *
     * @return false where none is known: nothing was copied
     */
    boolean copyTo(long partner, float[] vector);
}
