/** Moves the shares of newly assigned shoppers towards the treatments that earn more, while the experiment runs. */
package dev.kombo.experiment.allocation;
