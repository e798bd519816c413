package dev.kombo.engine.item;

import dev.kombo.math.StableHash;
import dev.kombo.settings.Millis;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Decides which entities outside the catalogue get a row: clients choose the ids, so without a limit they would fill
 * stores and heap. An entity gets a row at once while half of the capacity is free; then only on its second occurrence,
 * so that ids used once, such as pages and campaigns, do not displace recurring ones. A walk over the rows retires
 * those without recent interactions, in a catalogue or not; if the capacity has been nearly full for a day, the next
 * walk frees half of it, starting with the least popular. At most once per day, because each entity that arrives or
 * returns takes an ordinal in the index until the instance ends.
 *
 * <p>Nothing is stored: after a restart the first walk counts the rows. Not thread-safe: only the thread of its task
 * uses it.
 */
public final class UnlistedEntities {
    private static final int SEEN_BITS = 1 << 21;
    private static final int MOST_SEEN = 1 << 14;
    private static final int SAMPLE = 500;

    /** Part of the most rows below which no floor is raised, in quarters. */
    private static final long ROOMY_QUARTERS = 3;

    private static final long QUARTERS = 4;
    private static final long NEVER = Long.MAX_VALUE;

    private final int most;
    private final long idleMillis;
    private final BitSet seen = new BitSet();
    private final double[] sample = new double[SAMPLE];
    private int seenCount;
    private int rows;
    private int kept;
    private int surplus;
    private double floor;
    private long freesAt = NEVER;

    /**
     * Creates an instance without rows.
     *
     * @param most capacity in rows
     * @param idleMillis after which a row is retired, by the time of events
     */
    public UnlistedEntities(int most, long idleMillis) {
        this.most = most;
        this.idleMillis = idleMillis;
    }

    /** Whether an entity without a row gets one. */
    public boolean admits(long entityHash) {
        if (rows >= most || (2 * rows >= most && !seenBefore(entityHash))) {
            return false;
        }
        rows++;
        return true;
    }

    /** Whether it is among the last {@value #MOST_SEEN} others at most; one in 128 is a false positive. */
    private boolean seenBefore(long entityHash) {
        int bit = (int) entityHash & (SEEN_BITS - 1);
        if (seen.get(bit)) {
            return true;
        }
        if (seenCount++ == MOST_SEEN) {
            seen.clear();
            seenCount = 0;
        }
        seen.set(bit);
        return false;
    }

    /**
     * Whether a row is retired; called once per row of a walk.
     *
     * @param popularity by now
     * @param idle milliseconds of event time since the last interaction
     */
    public boolean retires(double popularity, long idle) {
        if (idle > idleMillis) {
            return true;
        }
        if (surplus > 0 && popularity <= floor) {
            surplus--;
            return true;
        }
        int place = kept < SAMPLE ? kept : (int) (StableHash.unit(StableHash.mix(kept)) * (kept + 1));
        if (place < SAMPLE) {
            sample[place] = popularity;
        }
        kept++;
        return false;
    }

    /** A walk ended before the last row; the next one starts from the first. */
    public void abandoned() {
        kept = 0;
    }

    /** A walk has reached the last row. */
    public void walked(long systemTime) {
        rows = kept;
        surplus = 0;
        if (QUARTERS * rows < ROOMY_QUARTERS * most) {
            freesAt = NEVER;
        } else if (freesAt == NEVER) {
            freesAt = systemTime + Millis.DAY;
        } else if (systemTime >= freesAt) {
            int size = Math.min(kept, SAMPLE);
            Arrays.sort(sample, 0, size);
            floor = sample[size / 2];
            surplus = rows - most / 2;
            freesAt = NEVER;
        }
        kept = 0;
    }
}
