package dev.kombo.engine;

/**
 * The origin of a slate.
 *
 * @param placement where it is meant to be shown
 * @param policy name and version of the policy that chose it
 * @param modelVersion version of the ranker; 0: Kombo's starting weights
 */
public record OfferSource(String placement, String policy, long modelVersion) {}
