package dev.kombo.ranking.contest;

import dev.kombo.learning.network.NetworkShape;
import dev.kombo.profile.Behavior;
import dev.kombo.ranking.Ranker;
import dev.kombo.ranking.Signal;
import java.util.Collections;
import java.util.List;

/**
 * The trained rankers, and those that rank on each {@link Occasion}. Immutable.
 *
 * @param network trained on all choices
 * @param linear weights trained on the choices of an occasion, by its ordinal; not copied, never written
 * @param inForce winners of the contest, which rank by relevance, by the ordinal of the occasion
 * @param valuing those that rank where bundles are valued, by the ordinal of the occasion
 */
public record Rankers(Ranker network, List<float[]> linear, List<Ranker> inForce, List<Ranker> valuing) {
    /** The rankers of a shop from which nothing was learned yet. */
    public static Rankers prior(NetworkShape.Architecture kind, long seed) {
        return new Contest()
                .rankers(Ranker.prior(kind, seed), Collections.nCopies(Occasion.count(), Signal.priorWeights()));
    }

    /** The ranker by relevance for a shopper as known. */
    public Ranker of(Behavior behavior) {
        return inForce.get(Occasion.of(behavior).ordinal());
    }

    /** The ranker for a shopper as known where bundles are valued. */
    public Ranker valuing(Behavior behavior) {
        return valuing.get(Occasion.of(behavior).ordinal());
    }

    /** The weights that were trained on the occasion of a shopper as known. */
    public float[] linear(Behavior behavior) {
        return linear.get(Occasion.of(behavior).ordinal());
    }
}
