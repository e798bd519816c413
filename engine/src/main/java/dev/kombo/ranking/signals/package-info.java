/**
 * Measures each candidate by each {@link dev.kombo.ranking.Signal}, and makes the signals comparable within one
 * request.
 */
package dev.kombo.ranking.signals;
