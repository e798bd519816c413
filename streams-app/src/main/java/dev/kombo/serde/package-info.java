/**
 * Converts Avro records of topics and stores to objects of the engine and back, one mapper per kind of record, and to
 * plain JSON. The Kafka serializers, which turn Avro records into bytes, are in the module {@code client}.
 */
package dev.kombo.serde;
