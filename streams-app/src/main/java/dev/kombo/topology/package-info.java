/**
 * Connects the Kafka Streams topology: topics, processors, stores. The processors of each sub-topology are in a package
 * below, which decides what a task stores, and when it commits and publishes; what to learn and to offer decides the
 * engine.
 *
 * <p>{@link dev.kombo.topology.BundleTopology} assembles it; {@code topology-docs/reference/topology.md} shows its
 * chart.
 */
package dev.kombo.topology;
