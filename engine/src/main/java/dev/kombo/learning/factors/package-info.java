/**
 * Matrix factorisation: counts which items and bundles the same shoppers interact with, and learns from the counts a
 * vector of each, whose products measure preference.
 *
 * <p>Ranking reads the vectors that are in force from {@link dev.kombo.catalog.index.FactorIndex}.
 */
@NullMarked
package dev.kombo.learning.factors;

import org.jspecify.annotations.NullMarked;
