/**
 * Moves shoppers towards the arms that earn more, while the experiment runs.
 */
package dev.kombo.experiment.allocation;
