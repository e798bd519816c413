package dev.kombo.catalog.index;

/**
 * The bundles with the most similar content to one bundle, most similar first. The arrays are shared and must not be
 * written.
 *
 * @param bundles their ordinals
 * @param cosines similarities, above 0 up to 1
 */
public record ContentNeighbors(int[] bundles, float[] cosines) {}
