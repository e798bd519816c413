package dev.kombo.experiment;

/**
 * Where an outcome is accounted for.
 *
 * @param experiment salt of the experiment
 * @param arm name of the arm
 * @param strategyVersion version of the strategy when the shopper entered
 */
public record Assignment(String experiment, String arm, long strategyVersion) {}
