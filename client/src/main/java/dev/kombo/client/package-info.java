/**
 * What a service outside Kombo needs to take part: serdes in Confluent's wire format, clients of schema registries, a
 * publisher of events, and consumers of offers. It knows of Kafka's client and Avro only.
 */
package dev.kombo.client;
