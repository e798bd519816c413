/**
 * Processes events without Kafka: attributes an event, learns from it, makes the offer that answers it, and replays
 * logged decisions under another strategy. The topology stores and sends the results; evaluation and simulation run the
 * same classes over maps.
 */
package dev.kombo.engine;
