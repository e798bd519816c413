package dev.kombo.learning;

import dev.kombo.catalog.Cooccurrences;
import dev.kombo.catalog.StableHash;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What the shoppers who touch one target had touched before, in bounded space: the counts behind item-based
 * neighbourhoods (Sarwar, Karypis, Konstan, Riedl: Item-Based Collaborative Filtering, WWW 2001), each pair counted
 * once, at the later of the two, so that an event costs one record however long the history is.
 *
 * <p>Where all places are taken, a new target is let in by a randomized admission policy, as in {@link NeighborCounts};
 * weights decay exponentially. Targets are kept as {@link StableHash hashes}: 12 bytes each.
 *
 * <p>Touched only by the stream thread that owns the target's partition.
 */
public final class CooccurrenceCounts {
    private static final int HEADER_BYTES = Long.BYTES + Float.BYTES;
    private static final int ENTRY_BYTES = Long.BYTES + Float.BYTES;

    private final CooccurrenceSettings settings;
    private long[] targets;
    private float[] weights;
    private int size;
    private float mass;
    private long time;

    /** Nothing counted yet. */
    public CooccurrenceCounts(CooccurrenceSettings settings) {
        this(settings, Math.min(8, settings.capacity()));
    }

    private CooccurrenceCounts(CooccurrenceSettings settings, int allocated) {
        this.settings = settings;
        targets = new long[allocated];
        weights = new float[allocated];
    }

    /** Reads what {@link #write} wrote; where more is stored than fits, the strongest are kept. */
    public static CooccurrenceCounts read(ByteBuffer bytes, CooccurrenceSettings settings) {
        if (bytes.remaining() < HEADER_BYTES) {
            return new CooccurrenceCounts(settings);
        }
        int stored = (bytes.remaining() - HEADER_BYTES) / ENTRY_BYTES;
        CooccurrenceCounts counts = new CooccurrenceCounts(settings, stored);
        counts.time = bytes.getLong();
        counts.mass = bytes.getFloat();
        for (int i = 0; i < stored; i++) {
            counts.targets[i] = bytes.getLong();
            counts.weights[i] = bytes.getFloat();
        }
        counts.size = stored;
        if (stored > settings.capacity()) {
            Cooccurrences kept = counts.strongest(settings.capacity());
            counts.targets = kept.targets();
            counts.weights = kept.weights();
            counts.size = kept.size();
        }
        return counts;
    }

    /** Time, mass, then hash and weight of each target. */
    public ByteBuffer write() {
        ByteBuffer bytes = ByteBuffer.allocate(HEADER_BYTES + size * ENTRY_BYTES);
        bytes.putLong(time).putFloat(mass);
        for (int i = 0; i < size; i++) {
            bytes.putLong(targets[i]).putFloat(weights[i]);
        }
        return bytes.flip();
    }

    /**
     * Counts a touch.
     *
     * @param weight what it counts, in [0, 1]
     * @param companions hashes of what the shopper had touched before, each once
     * @param companionWeights what those touches counted; a pair counts the smaller of the two
     * @param eventTime epoch milliseconds; a late touch counts with its decay
     */
    public void add(float weight, long[] companions, float[] companionWeights, long eventTime) {
        float now = advance(eventTime);
        mass += weight * now;
        for (int i = 0; i < companions.length; i++) {
            float increment = Math.min(weight, companionWeights[i]) * now;
            if (increment > 0) {
                add(companions[i], increment, eventTime);
            }
        }
    }

    private void add(long target, float increment, long eventTime) {
        for (int i = 0; i < size; i++) {
            if (targets[i] == target) {
                weights[i] += increment;
                return;
            }
        }
        if (size < settings.capacity()) {
            if (size == targets.length) {
                int grown = Math.min(settings.capacity(), Math.max(8, 2 * size));
                targets = Arrays.copyOf(targets, grown);
                weights = Arrays.copyOf(weights, grown);
            }
            targets[size] = target;
            weights[size++] = increment;
        } else if (size > 0) {
            admit(target, increment, eventTime);
        }
    }

    private void admit(long target, float increment, long eventTime) {
        int smallest = 0;
        for (int i = 1; i < size; i++) {
            smallest = weights[i] < weights[smallest] ? i : smallest;
        }
        float weight = weights[smallest] + increment;
        if (StableHash.unit(StableHash.combine(target, eventTime)) * weight < increment) {
            targets[smallest] = target;
            weights[smallest] = weight;
        }
    }

    /** Decays everything to the time of a touch, or answers what a late touch still counts. */
    private float advance(long eventTime) {
        if (mass == 0 && size == 0) {
            time = eventTime;
            return 1f;
        }
        if (eventTime <= time) {
            return (float) Decay.factor((double) time - eventTime, settings.halfLifeMillis());
        }
        float factor = (float) Decay.factor((double) eventTime - time, settings.halfLifeMillis());
        mass *= factor;
        for (int i = 0; i < size; i++) {
            weights[i] *= factor;
        }
        time = eventTime;
        return 1f;
    }

    /** The strongest, at most as many as asked for, ties by place; with the mass. */
    public Cooccurrences strongest(int wanted) {
        if (size <= wanted) {
            return new Cooccurrences(Arrays.copyOf(targets, size), Arrays.copyOf(weights, size), mass);
        }
        long[] keys = new long[size];
        for (int i = 0; i < size; i++) {
            // Weights are not negative: their bits sort as they do. The largest weight comes first.
            keys[i] = ((long) (Integer.MAX_VALUE - Float.floatToRawIntBits(weights[i])) << 32) | i;
        }
        Arrays.sort(keys);
        long[] best = new long[wanted];
        float[] bestWeights = new float[wanted];
        for (int i = 0; i < wanted; i++) {
            best[i] = targets[(int) keys[i]];
            bestWeights[i] = weights[(int) keys[i]];
        }
        return new Cooccurrences(best, bestWeights, mass);
    }

    /** Decayed weight of all touches. */
    public float mass() {
        return mass;
    }

    /** Time to which everything is decayed: the latest touch, epoch milliseconds. */
    public long time() {
        return time;
    }
}
