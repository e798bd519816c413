/**
 * Declares settings: each one once, as a constant beside the code that uses it. Plain Java, used by every other
 * package; {@code config} reads the values that a person gave.
 */
@NullMarked
package dev.kombo.settings;

import org.jspecify.annotations.NullMarked;
