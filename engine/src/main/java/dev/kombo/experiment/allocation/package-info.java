/**
 * Changes a running strategy by what was observed: moves the shares of newly assigned shoppers towards the treatments
 * that earn more, takes the next step of a ramp, or does what a crossed guardrail asks for.
 */
@NullMarked
package dev.kombo.experiment.allocation;

import org.jspecify.annotations.NullMarked;
