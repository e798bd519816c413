/** Connects the trainer task to Kafka. */
package dev.kombo.topology.trainer;
