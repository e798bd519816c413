/**
 * The library that a shop's own services use: publishes shoppers' events, reads offers, and turns Avro records into
 * bytes and back by a schema registry (Confluent's wire format).
 *
 * <p>It depends on Kafka's client and Avro only; Kombo's service uses its serdes, too.
 */
@NullMarked
package dev.kombo.client;

import org.jspecify.annotations.NullMarked;
