/**
 * The trainer task: trains the ranker and the conversion model from examples, one at a time, stores their state, and
 * publishes them.
 */
package dev.kombo.topology.trainer;
