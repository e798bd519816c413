/**
 * Writes state to bytes for the stores and reads it back: each stored class names its fields once, for both directions.
 *
 * <p>The service writes Avro to its topics instead.
 */
@NullMarked
package dev.kombo.codec;

import org.jspecify.annotations.NullMarked;
