package dev.kombo.experiment.uplift;

/**
 * What one shopper adds to the comparison of arms, once. Shoppers are the unit that was randomised, so they are the
 * unit that is counted: a sum over shoppers of independent values, however many purchases each of them makes.
 *
 * @param arm the arm entered
 * @param strategyVersion version of the strategy at entry: the stratum
 * @param response what is compared: capped revenue of the window in minor units, or 0 and 1
 * @param covariate what was known before entry and foretells the response: capped revenue before entry in minor units;
 *     0 where nothing was
 */
public record UserObservation(String arm, long strategyVersion, double response, double covariate) {

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is not finite
     */
    public UserObservation {
        if (!Double.isFinite(response) || !Double.isFinite(covariate)) {
            throw new IllegalArgumentException("not finite: response " + response + ", covariate " + covariate);
        }
    }
}
