package dev.kombo.experiment;

/**
 * The experiment, arm and strategy version that outcomes are attributed to.
 *
 * @param experiment id of the experiment
 * @param arm name of the arm
 * @param strategyVersion version of the strategy when the shopper was assigned
 */
public record Assignment(String experiment, String arm, long strategyVersion) {}
