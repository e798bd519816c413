/** Validates published strategies and decides which one is active. */
package dev.kombo.topology.strategy;
