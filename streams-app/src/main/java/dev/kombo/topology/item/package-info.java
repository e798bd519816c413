/**
 * The item task: stores the counts of each item and bundle, runs the learners over them, and publishes models and mined
 * bundles.
 */
package dev.kombo.topology.item;
