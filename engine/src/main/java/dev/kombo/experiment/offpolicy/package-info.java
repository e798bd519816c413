/**
 * What another strategy would have earned, estimated from slates that were logged with their probabilities.
 *
 * <p>Where the log cannot tell, the answer is a reason and no number. Formulas, assumptions and sources are in {@code
 * topology-docs/offpolicy.md}.
 */
package dev.kombo.experiment.offpolicy;
