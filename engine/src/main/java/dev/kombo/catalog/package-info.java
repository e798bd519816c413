/**
 * What a shop sells and what has been learned of it: items, bundles, and the model of each as the topics carry it.
 *
 * <p>Plain values, with the rules that a catalogue must keep, and the hashes that stand in for random draws.
 */
package dev.kombo.catalog;
