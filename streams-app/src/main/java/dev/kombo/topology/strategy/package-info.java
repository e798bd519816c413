/**
 * Decides which strategy is active.
 */
package dev.kombo.topology.strategy;
