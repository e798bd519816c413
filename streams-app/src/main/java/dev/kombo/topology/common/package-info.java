/**
 * Shared by all sub-topologies: names of stores and nodes, record keys, and the handling of keys
 * whose work fails.
 */
package dev.kombo.topology.common;
