/**
 * Mines bundles from closed orders: counts which items are bought together, and suggests pairs, triples and sets with a
 * choice that occur more often than by chance.
 */
@NullMarked
package dev.kombo.learning.mining;

import org.jspecify.annotations.NullMarked;
