/**
 * What every instance has read in full: the catalogue with its models, the rankers, the strategy and what budgets have
 * spent. Tasks read it while they handle an input.
 */
@NullMarked
package dev.kombo.engine.model;

import org.jspecify.annotations.NullMarked;
