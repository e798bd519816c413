/**
 * Benchmarks the whole service through Kafka: processor time, records and bytes per event, latency to an offer,
 * duration of a start, and how these grow. A plain Kafka Streams application runs beside it as a reference, so that
 * figures of two machines can be compared.
 */
package dev.kombo.lab.bench;
