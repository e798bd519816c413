/** Trains the ranker and the conversion model from examples, and publishes them. */
package dev.kombo.topology.trainer;
