/** Measures each {@link dev.kombo.ranking.Signal} of each candidate, and standardises the signals over one request. */
package dev.kombo.ranking.signals;
