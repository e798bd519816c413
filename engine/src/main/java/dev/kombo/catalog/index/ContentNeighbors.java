package dev.kombo.catalog.index;

/**
 * The bundles whose contents are most like those of one bundle, most alike first. The arrays are shared and must not be
 * written.
 *
 * @param bundles their ordinals
 * @param cosines how alike they are, above 0 to 1
 */
public record ContentNeighbors(int[] bundles, float[] cosines) {}
