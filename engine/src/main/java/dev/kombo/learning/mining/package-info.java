/** Mines bundles from orders: finds items that are bought together more often than by chance. */
@NullMarked
package dev.kombo.learning.mining;

import org.jspecify.annotations.NullMarked;
