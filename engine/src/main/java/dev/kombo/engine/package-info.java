/**
 * Puts the engine together without Kafka: all its settings as typed records, and a factory of the objects that process
 * events, for one thread each.
 */
@NullMarked
package dev.kombo.engine;

import org.jspecify.annotations.NullMarked;
