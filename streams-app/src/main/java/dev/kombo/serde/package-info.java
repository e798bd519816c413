/**
 * Avro values on Kafka: serdes in Confluent's wire format, clients of schema registries, and vectors as bytes.
 *
 * <p>A service builds one {@link dev.kombo.serde.AvroSerdes} from its settings and takes a serde a record type from it.
 */
package dev.kombo.serde;
