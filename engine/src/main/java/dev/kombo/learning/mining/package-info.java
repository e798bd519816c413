/**
 * Bundles that nobody curated, found in what is bought together.
 */
package dev.kombo.learning.mining;
