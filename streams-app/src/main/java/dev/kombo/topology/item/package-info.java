/** Learns counts and factors of each item and bundle, publishes them, and finds bundles in orders. */
package dev.kombo.topology.item;
