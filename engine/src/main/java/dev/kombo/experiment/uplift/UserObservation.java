package dev.kombo.experiment.uplift;

/**
 * A shopper's one observation in the comparison of arms. Shoppers are the unit of randomisation and therefore the unit
 * of analysis: sums run over independent values, one per shopper, however many purchases each of them makes.
 *
 * @param arm the assigned arm
 * @param strategyVersion version of the strategy at assignment: the stratum
 * @param response what is compared: capped revenue of the window in minor units, or 0 and 1
 * @param covariate a predictor of the response from before assignment: capped revenue before assignment in minor units;
 *     0 where there was none
 */
public record UserObservation(String arm, long strategyVersion, double response, double covariate) {

    /**
     * Validates the numbers.
     *
     * @throws IllegalArgumentException if one is not finite
     */
    public UserObservation {
        if (!Double.isFinite(response) || !Double.isFinite(covariate)) {
            throw new IllegalArgumentException("not finite: response " + response + ", covariate " + covariate);
        }
    }
}
