/**
 * Matrix factorisation: learns vectors of items and bundles from counts of what the same shoppers interact with; the
 * products of vectors measure preference. Ranking reads them from {@link dev.kombo.catalog.index}.
 */
@NullMarked
package dev.kombo.learning.factors;

import org.jspecify.annotations.NullMarked;
