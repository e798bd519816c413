/** Aggregates outcomes of offers, and publishes a report per experiment. */
package dev.kombo.topology.report;
