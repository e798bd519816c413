/**
 * The strategy as an operator publishes it: its arms with their offer policies, guardrails, budgets and measures, the
 * rules that it must satisfy, and the assignment of shoppers to arms by a hash.
 *
 * <p>What experiments found is computed in {@link dev.kombo.experiment.uplift}.
 */
@NullMarked
package dev.kombo.experiment;

import org.jspecify.annotations.NullMarked;
