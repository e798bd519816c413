/** Moves the shares of newly assigned shoppers towards the treatments that earn more, while the experiment runs. */
@NullMarked
package dev.kombo.experiment.allocation;

import org.jspecify.annotations.NullMarked;
