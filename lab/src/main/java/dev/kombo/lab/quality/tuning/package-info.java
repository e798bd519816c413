/** The settings that a search for a better ranking may vary, and their ranges. */
package dev.kombo.lab.quality.tuning;
