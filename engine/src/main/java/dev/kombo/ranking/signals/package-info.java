/**
 * The candidates of one request as a matrix of signals: measures each {@link dev.kombo.ranking.Signal} of each
 * candidate, and standardises the signals over the request.
 */
@NullMarked
package dev.kombo.ranking.signals;

import org.jspecify.annotations.NullMarked;
