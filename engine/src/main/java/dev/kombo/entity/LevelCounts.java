package dev.kombo.entity;

/**
 * How many customers took an entity, in all and with each level of their attributes. Each customer counts once, and
 * fades with time.
 *
 * @param customers with any level
 * @param levels hashes of the levels; neither array is copied or written
 * @param counts customers with each of them
 */
public record LevelCounts(double customers, long[] levels, float[] counts) {
    /** Most levels that are counted: a hundred of each of sixteen attributes. Of more, the rarest give way. */
    public static final int MOST_LEVELS = 1_600;

    /** No customers. */
    public static final LevelCounts NONE = new LevelCounts(0, new long[0], new float[0]);

    /**
     * How much a count may be too high, because a level that takes the place of the rarest takes over its count, too: 0
     * where all levels have a place.
     */
    public float excess() {
        float least = levels.length < MOST_LEVELS ? 0f : Float.POSITIVE_INFINITY;
        for (int i = 0; i < counts.length; i++) {
            least = Math.min(least, counts[i]);
        }
        return least;
    }
}
