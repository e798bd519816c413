/**
 * Processes events: combines the domain classes into what one event does to a shopper and to entities, without Kafka.
 * The topology stores and sends the results; evaluation and simulation run the same classes over maps.
 */
package dev.kombo.engine;
