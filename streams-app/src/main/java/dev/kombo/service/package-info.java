/**
 * Runs the topology as a service: settings of Kafka Streams, a check of the topics, restarts of failed threads, and the
 * figures of this instance. The entry point is {@link dev.kombo.service.KomboService}.
 */
package dev.kombo.service;
