package dev.kombo.learning;

import java.util.Objects;

/**
 * Settings of the matrix factorisation.
 *
 * @param factors length of every vector, 1 to 1024
 * @param userRate step size of the user vectors (plain SGD), in (0, 1]
 * @param itemRate step size of the item vectors (AdaGrad), in (0, 1]
 * @param regularization L2 penalty a step, in [0, 1]
 * @param negatives negative samples a positive event, 0 to 100
 * @param popularNegatives share of them that are drawn by popularity, the others uniformly, in [0, 1]
 * @param replays steps on the user's own history an event, 0 to 1000
 * @param loss what a wrong score costs
 * @param gradientNorm longest gradient one event may send or apply, in (0, 1000]
 * @param flushNorm longest way an item may move between two publications, in (0, 1000]
 * @param seed seed of the starting vectors and the negative samples
 */
public record FactorSettings(
        int factors,
        float userRate,
        float itemRate,
        float regularization,
        int negatives,
        float popularNegatives,
        int replays,
        Loss loss,
        float gradientNorm,
        float flushNorm,
        long seed) {

    /** Refuses values out of range. */
    public FactorSettings {
        Settings.requireRange("factors", factors, 1, 1024);
        Settings.requirePositive("userRate", userRate, 1);
        Settings.requirePositive("itemRate", itemRate, 1);
        Settings.requireRange("regularization", regularization, 0.0, 1.0);
        Settings.requireRange("negatives", negatives, 0, 100);
        Settings.requireRange("popularNegatives", popularNegatives, 0.0, 1.0);
        Settings.requireRange("replays", replays, 0, 1000);
        Objects.requireNonNull(loss, "loss");
        Settings.requirePositive("gradientNorm", gradientNorm, 1000);
        Settings.requirePositive("flushNorm", flushNorm, 1000);
    }

    /** What one streaming pass over public data sets did best with, within the budget of appends an event. */
    public static FactorSettings defaults() {
        return new FactorSettings(64, 0.05f, 0.3f, 0.02f, 2, 1f, 10, Loss.LOGISTIC, 1f, 1f, 42L);
    }
}
