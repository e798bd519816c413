package dev.kombo.lab.quality.tuning;

/**
 * What a search is after.
 *
 * @param metric what a trial gives, such as {@code recall@20}
 * @param space settings to be searched
 * @param trial tries settings
 */
public record Objective(String metric, SearchSpace space, Trial trial) {}
