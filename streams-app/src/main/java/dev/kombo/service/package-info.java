/**
 * Starts the topology as a running service: settings of Kafka Streams, a check that the topics are there, restarts of threads
 * that failed, and the figures of this instance. {@link dev.kombo.service.KomboService} is the way in.
 */
package dev.kombo.service;
