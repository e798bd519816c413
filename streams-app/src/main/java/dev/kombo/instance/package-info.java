/**
 * Puts a running instance together for the commands that start one: Kafka Streams of {@link dev.kombo.service}, the
 * HTTP API of {@link dev.kombo.query}, what the API reads from topics, and the broker that may run in the same process.
 */
package dev.kombo.instance;
