/**
 * What a setting is: declared once, as a constant beside the code that uses it. Plain Java, known to every other package;
 * {@code config} reads the values that a person gave.
 */
package dev.kombo.settings;
