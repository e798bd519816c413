/**
 * The Kafka Streams application: which topic goes to which task, what each task stores, and when it commits and
 * publishes. The decisions themselves are made by the engine. Each sub-topology has a package of its own below.
 *
 * <p>{@link dev.kombo.topology.BundleTopology} puts it together; the chart of it is {@code topology-docs/topology.md}.
 */
package dev.kombo.topology;
