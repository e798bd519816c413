/**
 * Reads logged ranking decisions again, to estimate what another strategy would have earned.
 *
 * <p>The estimators themselves are in {@link dev.kombo.experiment.offpolicy}.
 */
@NullMarked
package dev.kombo.engine.replay;

import org.jspecify.annotations.NullMarked;
