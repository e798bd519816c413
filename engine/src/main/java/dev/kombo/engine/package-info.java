/** Processes events without Kafka: the settings of the engine, and the engine that is made of them. */
@NullMarked
package dev.kombo.engine;

import org.jspecify.annotations.NullMarked;
