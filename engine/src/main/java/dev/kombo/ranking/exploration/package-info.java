/** Explores new bundles: draws them by the probability that they are the best, while little is known of them. */
package dev.kombo.ranking.exploration;
