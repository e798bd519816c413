/**
 * The item task: counts updates of items and bundles, publishes their models, sweeps all rows for new factors, and
 * suggests bundles of what is bought together.
 *
 * <p>The rows are in {@link dev.kombo.engine.entity}, the algorithms in {@link dev.kombo.learning}.
 */
@NullMarked
package dev.kombo.engine.item;

import org.jspecify.annotations.NullMarked;
