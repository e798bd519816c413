/**
 * The Kafka Streams application: which task reads which topic, what each task stores, and when it commits and
 * publishes. The engine makes the decisions. Each sub-topology has a package of its own.
 *
 * <p>{@link dev.kombo.topology.BundleTopology} assembles it; {@code topology-docs/topology.md} shows its chart.
 */
package dev.kombo.topology;
