/**
 * Keeps what is learned of each item and bundle, publishes it, and finds bundles in orders.
 */
package dev.kombo.topology.item;
