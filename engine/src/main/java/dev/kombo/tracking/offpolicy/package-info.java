/**
 * What another policy would have earned, told from slates that were drawn by the policy in force and logged with their
 * probabilities. Where the log cannot tell, the answer is a reason and no number. Formulas, assumptions and sources are
 * in {@code topology-docs/offpolicy.md}.
 */
package dev.kombo.tracking.offpolicy;
