/**
 * What several sub-topologies share: the processor that runs a task of the engine, its tables, names of stores, nodes and keys, partitioning, the shop's clock, scheduled work,
 * and the isolation of keys whose work fails.
 */
package dev.kombo.topology.common;
