/**
 * Trains the ranker and the model of acceptance from examples, and publishes them.
 */
package dev.kombo.topology.trainer;
