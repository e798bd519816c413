package dev.kombo.experiment.offpolicy;

import dev.kombo.experiment.uplift.ArmMoments;

/**
 * Estimates how much more one policy earns than another on the same slates: the mean of D R, where D is the difference
 * of their weights, less what D explains by chance, as its expectation is 0 (Jeunen, Ustimenko 2024, "Δ-OPE:
 * Off-policy estimation with pairs of policies"). Where both would show the same, D is 0 and the reward adds no
 * variance, so the difference is known better than either policy's own reward. Not thread-safe.
 */
public final class PolicyDifference {
    private ArmMoments moments = ArmMoments.NONE;

    /** Adds a slate of the candidate, compared with the logging policy. */
    void add(LoggedSlate slate) {
        add(slate.weight() - 1, slate.reward());
    }

    /** Adds a slate that both policies were evaluated on. */
    public void add(LoggedSlate candidate, LoggedSlate other) {
        add(candidate.weight() - other.weight(), candidate.reward());
    }

    private void add(double difference, double reward) {
        moments = moments.plus(difference * reward, difference);
    }

    /**
     * The difference of the mean rewards per slate.
     *
     * @param overlap of the candidate
     */
    public PolicyEstimate value(Overlap overlap) {
        double slope = moments.covariateSquares() > 0 ? moments.products() / moments.covariateSquares() : 0;
        double variance = moments.residualSquares(slope) / (moments.count() - 1);
        return PolicyEstimate.normal(
                moments.responseMean() - slope * moments.covariateMean(),
                Math.sqrt(variance / moments.count()),
                overlap);
    }
}
