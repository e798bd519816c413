/**
 * The report task, keyed by experiment: counts outcomes of offers in accounts, publishes what each arm earned, and
 * requests moves of shares. Whether an arm wins is computed in the engine.
 */
package dev.kombo.topology.report;
