/**
 * What all sub-topologies share: names of stores and nodes, keys, the settings of the engine, and what becomes of a
 * key that fails.
 */
package dev.kombo.topology.common;
