/**
 * Explores new bundles: draws them by the probability that they are the best, while little is known of them (Thompson
 * sampling).
 */
@NullMarked
package dev.kombo.ranking.exploration;

import org.jspecify.annotations.NullMarked;
