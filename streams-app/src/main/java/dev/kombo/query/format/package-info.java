/** Converts events in formats of other systems: one table of names and locations per format. */
package dev.kombo.query.format;
