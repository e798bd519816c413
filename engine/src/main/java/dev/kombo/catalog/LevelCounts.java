package dev.kombo.catalog;

/**
 * How many customers took an entity, in all and with each level of their attributes. Each customer counts once, and
 * fades with time.
 *
 * @param customers with any level
 * @param levels hashes of the levels; neither array is copied or written
 * @param counts customers with each of them
 */
public record LevelCounts(double customers, long[] levels, float[] counts) {
    /** No customers. */
    public static final LevelCounts NONE = new LevelCounts(0, new long[0], new float[0]);
}
