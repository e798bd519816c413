/** Connects the report task to Kafka. */
package dev.kombo.topology.report;
