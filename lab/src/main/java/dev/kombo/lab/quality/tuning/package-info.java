/** Searches for settings with which the engine ranks better. */
package dev.kombo.lab.quality.tuning;
