/**
 * Matrix factorisation: learns vectors of items and bundles from counts of what the same shoppers interact with; the
 * products of vectors measure preference.
 */
package dev.kombo.learning.factors;
