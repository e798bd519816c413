/**
 * Measures the whole service through Kafka: what an event costs in processor time, records and bytes, how long it takes to
 * an offer, how long a start takes, and how all that grows. Beside it runs a plain Kafka Streams application, so that the
 * figures of two machines can be compared.
 */
package dev.kombo.lab.bench;
