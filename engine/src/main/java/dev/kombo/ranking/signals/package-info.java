/**
 * Measures the signals of the candidates of one request, as a matrix of one row per {@link dev.kombo.ranking.Signal},
 * and standardises them over these candidates.
 */
@NullMarked
package dev.kombo.ranking.signals;

import org.jspecify.annotations.NullMarked;
