package dev.kombo.learning;

/**
 * The factor vectors of the generation in force, by the ids that {@link PartnerTable}s know targets by. Read by any
 * thread. A reader gets whole vectors; of two reads one may be of the generation before.
 */
public interface PartnerFactors {
    /** The basis of the generation in force, or null before the first. */
    FactorBasis basis();

    /**
     * Adds a target's whitened vector, times a weight and n^-1/4, n being the target's mass decayed to a time.
     *
     * @param partner {@link PartnerTable#partnerOf} the target
     * @param now epoch milliseconds
     * @return false where the target or its vector is not known: nothing was added
     */
    boolean addTo(long partner, long now, float weight, float[] sum);

    /**
     * Copies a target's vector as published: {@link FactorRows}.
     *
     * @return false where none of this generation is known: nothing was copied
     */
    boolean copyTo(long partner, float[] vector);
}
