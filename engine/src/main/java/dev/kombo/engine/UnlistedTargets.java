package dev.kombo.engine;

import dev.kombo.catalog.StableHash;
import dev.kombo.settings.Millis;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Which targets that no catalogue has get a row: ids are what others send, so without a bound they would fill stores and
 * heap. Each gets one at once while half of the places are free; then only one that comes a second time, so that ids used
 * once, as of pages and campaigns, do not take the places of those that come again. A walk over the rows retires what
 * nobody touched for long, listed or not in a catalogue any more; where the places are nearly all taken for a day, half of
 * them are freed at the next walk, those of the least popular. At most once a day: the index gives each target that comes
 * or returns a place that it keeps until the instance ends.
 *
 * <p>Nothing is stored: after a restart the first walk counts the rows. Touched only by the stream thread that owns the
 * partition.
 */
public final class UnlistedTargets {
    private static final int SEEN_BITS = 1 << 21;
    private static final int MOST_SEEN = 1 << 14;
    private static final int SAMPLE = 500;
    private static final long NEVER = Long.MAX_VALUE;

    private final int most;
    private final long idleMillis;
    private final BitSet seen = new BitSet();
    private final double[] sample = new double[SAMPLE];
    private int marked;
    private int rows;
    private int kept;
    private int surplus;
    private double floor;
    private long freesAt = NEVER;

    /**
     * No row is known yet.
     *
     * @param most places
     * @param idleMillis after which a row is retired, by the time of events
     */
    public UnlistedTargets(int most, long idleMillis) {
        this.most = most;
        this.idleMillis = idleMillis;
    }

    /** Whether a target without a row gets one. */
    public boolean admits(long targetHash) {
        if (rows >= most || (2 * rows >= most && !seenBefore(targetHash))) {
            return false;
        }
        rows++;
        return true;
    }

    /** Among the last {@value #MOST_SEEN} others at most; one in 128 is taken for seen where it was not. */
    private boolean seenBefore(long targetHash) {
        int bit = (int) targetHash & (SEEN_BITS - 1);
        if (seen.get(bit)) {
            return true;
        }
        if (marked++ == MOST_SEEN) {
            seen.clear();
            marked = 0;
        }
        seen.set(bit);
        return false;
    }

    /**
     * Whether a row that a walk comes to is retired; called once for each.
     *
     * @param popularity by now
     * @param idle milliseconds of event time since it was touched
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

    /** A walk ends before the last row; the next begins with the first. */
    public void brokenOff() {
        kept = 0;
    }

    /** A walk has come to the last row. */
    public void walked(long systemTime) {
        rows = kept;
        surplus = 0;
        if (4L * rows < 3L * most) {
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
