/**
 * Runs the tasks of the engine in Kafka Streams: the processor that runs any task, the tables over stores, an adapter
 * for each task, which says from which records its inputs come and what its outputs become, the names of stores and
 * nodes, and the isolation of keys whose work fails. The adapter of the shopper task is in {@link
 * dev.kombo.topology.shopper}.
 */
package dev.kombo.topology.task;
