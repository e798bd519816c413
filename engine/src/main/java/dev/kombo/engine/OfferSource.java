package dev.kombo.engine;

/**
 * Where a slate comes from.
 *
 * @param placement where it is meant to be shown
 * @param policy name and version of the way in which it was chosen
 * @param modelVersion version of the ranker; 0: the one that Kombo starts with
 */
public record OfferSource(String placement, String policy, long modelVersion) {}
