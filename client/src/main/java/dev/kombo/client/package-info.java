/**
 * The library for services that work with Kombo: serdes in Confluent's wire format, clients of schema registries, a
 * publisher of events, and consumers of offers. It depends on Kafka's client and Avro only.
 */
@NullMarked
package dev.kombo.client;

import org.jspecify.annotations.NullMarked;
