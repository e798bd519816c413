/** Processes events without Kafka: the settings of the engine, and the engine that is made of them. */
package dev.kombo.engine;
