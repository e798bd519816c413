/** Connects the strategy task to Kafka. */
package dev.kombo.topology.strategy;
