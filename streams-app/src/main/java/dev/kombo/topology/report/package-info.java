/**
 * Adds up what became of offers, and publishes a report per experiment.
 */
package dev.kombo.topology.report;
