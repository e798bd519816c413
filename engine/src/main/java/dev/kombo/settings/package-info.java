/**
 * The means to declare a setting once, as a constant with name, default, range and documentation beside the code that
 * uses it.
 *
 * <p>Plain Java, used by every other package; {@code config} reads the values that a person gave.
 */
@NullMarked
package dev.kombo.settings;

import org.jspecify.annotations.NullMarked;
