/**
 * Retrieval: finds the few hundred bundles that are worth scoring for a shopper, and the similar and trending items
 * that the API shows.
 */
@NullMarked
package dev.kombo.ranking.retrieval;

import org.jspecify.annotations.NullMarked;
