/** Maps Avro records of topics and stores to domain objects and back, and vectors to bytes. */
package dev.kombo.serde;
