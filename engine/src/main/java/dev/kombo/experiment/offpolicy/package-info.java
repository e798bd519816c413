/**
 * Off-policy evaluation: estimates what another strategy would have earned, from slates logged with their
 * probabilities.
 *
 * <p>Where the log does not support an estimate, the result is a reason instead of a number. Formulas, assumptions and
 * sources are in {@code topology-docs/offpolicy.md}.
 */
@NullMarked
package dev.kombo.experiment.offpolicy;

import org.jspecify.annotations.NullMarked;
