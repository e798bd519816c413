/**
 * The item task, keyed by item or bundle: stores what was counted of each, computes factors, publishes models, and
 * mines bundles from what is bought together.
 */
package dev.kombo.topology.item;
