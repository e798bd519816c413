/**
 * What a task of the engine is: it reads inputs one by one, keeps what it knows in tables, and emits outputs. The
 * service runs a task over the stores and topics of Kafka, a simulation over maps.
 */
@NullMarked
package dev.kombo.engine.task;

import org.jspecify.annotations.NullMarked;
