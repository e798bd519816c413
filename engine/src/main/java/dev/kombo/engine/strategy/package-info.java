/**
 * The strategy task: validates strategies, the configurations of experiments, and decides which one is active; applies
 * moves of shares and what guardrails ask for.
 */
@NullMarked
package dev.kombo.engine.strategy;

import org.jspecify.annotations.NullMarked;
