/**
 * JMH benchmarks of the engine alone: the time of one event without Kafka, stores and serialization. The whole service
 * is measured by the lab's {@code bench}.
 */
package dev.kombo.benchmark;
