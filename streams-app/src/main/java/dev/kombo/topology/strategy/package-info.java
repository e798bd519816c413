/**
 * Validates published strategies, moves the shares of arms as comparisons ask for, and decides which strategy is
 * active.
 */
package dev.kombo.topology.strategy;
