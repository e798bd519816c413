/** Mines bundles from orders: finds items that are bought together more often than by chance. */
package dev.kombo.learning.mining;
