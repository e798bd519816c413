/**
 * Values of the catalogue: items, bundles, and the model learned of each, as the topics carry them.
 *
 * <p>Also the rules that a catalogue must satisfy, and the hashes that replace random draws.
 */
package dev.kombo.catalog;
