package dev.kombo.learning.factors;

import dev.kombo.catalog.StableHash;
import dev.kombo.learning.Decay;
import dev.kombo.learning.mining.NeighborCounts;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What the shoppers who touch one target had touched before, in bounded space: the counts behind item-based
 * neighbourhoods (Sarwar, Karypis, Konstan, Riedl: Item-Based Collaborative Filtering, WWW 2001), each pair counted
 * once, at the later of the two, so that an event costs one record however long the history is.
 *
 * <p>Where all places are taken, a new partner is let in by a randomized admission policy, as in {@link NeighborCounts}.
 * A partner takes 8 bytes: the upper 40 bits of its {@link StableHash} and its count as {@link Float24}. Two targets
 * whose upper 40 bits are the same are counted as one: among 100,000 targets there is one such pair in 200 shops.
 *
 * <p>Counts and {@link #mass} halve every half-life. They are kept as of the {@link #time}, and what comes later counts
 * more than it weighs (forward decay: Cormode, Shkapenyuk, Srivastava, Xu, ICDE 2009), so that nothing is rounded by the
 * mere passing of time; after {@value #MOST_HALF_LIVES} half-lives all is brought to a later time.
 *
 * <p>Touched only by the stream thread that owns the target's partition.
 */
public final class PartnerTable {
    /** Bytes of a partner, stored. */
    public static final int ENTRY_BYTES = Long.BYTES;

    private static final int MOST_HALF_LIVES = 10;

    private final CooccurrenceSettings settings;
    private long[] entries;
    private int size;
    private double mass;
    private long time;

    /** Nothing counted yet. */
    public PartnerTable(CooccurrenceSettings settings) {
        this(settings, new long[0], 0, 0);
    }

    private PartnerTable(CooccurrenceSettings settings, long[] entries, double mass, long time) {
        this.settings = settings;
        this.entries = entries;
        this.size = entries.length;
        this.mass = mass;
        this.time = time;
    }

    /**
     * A table from its stored parts; where more is stored than fits, the strongest are kept.
     *
     * @param stored as {@link #write} wrote it; read from its position to its limit
     */
    public static PartnerTable read(ByteBuffer stored, double mass, long time, CooccurrenceSettings settings) {
        long[] entries = new long[stored.remaining() / ENTRY_BYTES];
        stored.duplicate().asLongBuffer().get(entries);
        if (entries.length > settings.capacity()) {
            entries = strongest(entries, settings.capacity());
        }
        return new PartnerTable(settings, entries, mass, time);
    }

    private static long[] strongest(long[] entries, int kept) {
        long[] byCount = new long[entries.length];
        for (int i = 0; i < entries.length; i++) {
            byCount[i] = (entries[i] & Float24.MASK) << 32 | i;
        }
        Arrays.sort(byCount);
        long[] strongest = new long[kept];
        for (int i = 0; i < kept; i++) {
            strongest[i] = entries[(int) byCount[byCount.length - 1 - i]];
        }
        return strongest;
    }

    /** The partners, {@value #ENTRY_BYTES} bytes each; mass and time are to be stored beside them. */
    public ByteBuffer write() {
        ByteBuffer bytes = ByteBuffer.allocate(size * ENTRY_BYTES);
        bytes.asLongBuffer().put(entries, 0, size);
        return bytes;
    }

    /** The id that a target has as a partner: the upper 40 bits of its hash. */
    public static long partnerOf(long targetHash) {
        return targetHash >>> Float24.BITS;
    }

    /**
     * Counts a touch.
     *
     * @param weight what it counts, in [0, 1]; 0 counts nothing
     * @param partners what the shopper had touched before, each once
     * @param partnerWeights what those touches counted; a pair counts the smaller of the two
     * @param eventTime epoch milliseconds; a late touch counts with its decay
     */
    public void add(float weight, long[] partners, float[] partnerWeights, long eventTime) {
        if (!(weight > 0 && weight < Float.POSITIVE_INFINITY)) {
            return;
        }
        double scale = scaleAt(eventTime);
        mass += weight * scale;
        for (int i = 0; i < partners.length; i++) {
            float increment = (float) (Math.min(weight, partnerWeights[i]) * scale);
            if (increment > 0) {
                add(partners[i], increment, eventTime);
            }
        }
    }

    private void add(long partner, float increment, long eventTime) {
        int smallest = -1;
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < size; i++) {
            int count = (int) entries[i] & Float24.MASK;
            if (entries[i] >>> Float24.BITS == partner) {
                entries[i] = entry(partner, Float24.decode(count) + increment);
                return;
            }
            if (count < least) {
                least = count;
                smallest = i;
            }
        }
        if (size < settings.capacity()) {
            if (size == entries.length) {
                entries = Arrays.copyOf(entries, Math.min(settings.capacity(), Math.max(8, 2 * size)));
            }
            entries[size++] = entry(partner, increment);
        } else if (size > 0) {
            float sum = Float24.decode(least) + increment;
            if (StableHash.unit(StableHash.combine(partner, eventTime)) * sum < increment) {
                entries[smallest] = entry(partner, sum);
            }
        }
    }

    private static long entry(long partner, float count) {
        return partner << Float24.BITS | Float24.encode(count);
    }

    /** What 1 at a time counts as of {@link #time}; brings all to that time where it is far later. */
    private double scaleAt(long eventTime) {
        if (mass == 0) {
            time = eventTime;
            return 1;
        }
        double elapsed = (double) eventTime - time;
        if (elapsed > (double) MOST_HALF_LIVES * settings.halfLifeMillis()) {
            float factor = (float) Decay.factor(elapsed, settings.halfLifeMillis());
            mass *= factor;
            for (int i = 0; i < size; i++) {
                entries[i] = entry(partner(i), storedCount(i) * factor);
            }
            time = eventTime;
            return 1;
        }
        return elapsed < 0
                ? Decay.factor(-elapsed, settings.halfLifeMillis())
                : 1 / Decay.factor(elapsed, settings.halfLifeMillis());
    }

    /** Number of partners. */
    public int size() {
        return size;
    }

    /** Id of partner {@code i}: {@link #partnerOf}. */
    public long partner(int i) {
        return entries[i] >>> Float24.BITS;
    }

    /** Its count as of {@link #time}. */
    public float storedCount(int i) {
        return Float24.decode((int) entries[i]);
    }

    /** What is left at a time of 1 as of {@link #time}. */
    public double decayAt(long now) {
        return Decay.factor((double) now - time, settings.halfLifeMillis());
    }

    /** Decayed weight of all touches as of {@link #time}. */
    public double mass() {
        return mass;
    }

    /** Time that mass and counts are as of, epoch milliseconds; of no meaning while the mass is 0. */
    public long time() {
        return time;
    }
}
