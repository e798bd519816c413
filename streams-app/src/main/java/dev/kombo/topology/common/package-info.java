/**
 * Shared by all sub-topologies: names of stores and nodes, record keys, the engine's settings, and the handling of keys
 * whose work fails.
 */
package dev.kombo.topology.common;
