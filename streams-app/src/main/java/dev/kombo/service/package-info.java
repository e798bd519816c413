/**
 * Runs the topology with Kafka Streams: its settings, the check of the topics before the start, replacement of failed
 * threads, and the gauges of this instance. What is processed is in {@link dev.kombo.topology}. The entry point is
 * {@link dev.kombo.service.KomboService}.
 */
package dev.kombo.service;
