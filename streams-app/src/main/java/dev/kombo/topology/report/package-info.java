/** The report task: reads outcomes of offers, stores their accounts, and publishes a report per experiment. */
package dev.kombo.topology.report;
