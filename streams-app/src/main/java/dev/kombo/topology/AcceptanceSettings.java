package dev.kombo.topology;

import dev.kombo.learning.BayesianLogistic;
import dev.kombo.ranking.AcceptanceFeature;

/**
 * How the model of acceptance is trained in the stream.
 *
 * @param share share of the seen slates that are learned from, above 0 up to 1
 * @param memory bundles shown after which what one taught has faded to 1 / e
 */
public record AcceptanceSettings(double share, double memory) {
    /** A model that has seen nothing. */
    public BayesianLogistic start() {
        return new BayesianLogistic(AcceptanceFeature.priorMeans(), AcceptanceFeature.priorDeviations(), memory);
    }
}
