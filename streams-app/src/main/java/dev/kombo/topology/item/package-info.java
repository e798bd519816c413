/**
 * Connects the item tasks of {@link dev.kombo.engine.item}, keyed by item or bundle, to their stores and topics.
 */
package dev.kombo.topology.item;
