package dev.kombo.learning.factors;

import dev.kombo.codec.Fields;
import dev.kombo.entity.EntityModel;
import dev.kombo.entity.LevelCounts;
import dev.kombo.math.Decay;
import dev.kombo.math.StableHash;
import dev.kombo.settings.Millis;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Counts, for one item or bundle, which others its shoppers had interacted with before (its partners), in bounded
 * space. These are the counts of item-based collaborative filtering (Sarwar, Karypis, Konstan, Riedl: Item-Based
 * Collaborative Filtering, WWW 2001), each pair counted once, at the later of the two, so that an event costs one
 * record whatever the length of the history.
 *
 * <p>When the table is full, a new partner is admitted by a randomized admission policy, as in
 * {@link dev.kombo.learning.mining.NeighborCounts}. A partner takes 8 bytes: the upper 40 bits of its
 * {@link StableHash} and its count as {@link Float24}. Two entities with the same upper 40 bits are counted as one:
 * with 100,000 entities there is one such pair in 200 shops.
 *
 * <p>Counts and {@link #mass} halve every half-life. They are kept as of {@link #time}, and later increments are scaled
 * up instead (forward decay: Cormode, Shkapenyuk, Srivastava, Xu, ICDE 2009), so that the passing of time alone causes
 * no rounding; after {@value #MOST_HALF_LIVES} half-lives everything is rescaled to a later time.
 *
 * <p>Entries are kept as they are stored: an event reads the row, changes a few of some hundred entries, and writes it.
 * Sweeps and publications only read it, so what was read is copied when it first changes.
 *
 * <p>Not thread-safe: only the thread of the entity's task uses it.
 */
public final class PartnerTable {
    /** Stored bytes per partner. */
    public static final int ENTRY_BYTES = Long.BYTES;

    /**
     * How much a table counts, and for how long.
     *
     * @param capacity most partners
     * @param halfLifeMillis time after which a count counts half
     */
    public record Limits(int capacity, long halfLifeMillis) {
        /** Each event of an entity reads and writes its table, which has 8 kB at most. */
        private static final int PARTNERS = 1000;

        /** Customers' attributes change slowly, and most customers buy few times a year. */
        private static final long LEVELS_HALF_LIFE_MILLIS = 365 * Millis.DAY;

        /** Of items and bundles that the same shoppers interacted with. */
        public static final Limits INTERACTIONS = new Limits(PARTNERS, EntityModel.MASS_HALF_LIFE_MILLIS);

        /** Of the levels of customers' attributes. */
        public static final Limits LEVELS = new Limits(LevelCounts.MOST_LEVELS, LEVELS_HALF_LIFE_MILLIS);
    }

    private static final int MOST_HALF_LIVES = 10;
    /** Room for new partners in a table that was read. */
    private static final int ROOM = 8;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private static final ByteBuffer NO_ENTRIES = ByteBuffer.allocate(0);
    private static final byte[] NO_BYTES = {};

    private final Limits limits;
    /** The entries as they were read; null once they changed. */
    private @Nullable ByteBuffer unchanged;

    private byte[] bytes = NO_BYTES;
    private int size;
    private double mass;
    private long time;

    /** Creates an empty table. */
    public PartnerTable(Limits limits) {
        this.limits = limits;
        this.unchanged = NO_ENTRIES;
    }

    /** The fields, as they are stored; those that are read replace its own. */
    public void fields(Fields f) {
        mass = f.real(mass);
        time = f.number(time);
        ByteBuffer entries = f.block(write());
        if (f.reading()) {
            hold(entries);
        }
    }

    /**
     * Restores a table from its stored parts; where more is stored than fits, the strongest are kept.
     *
     * @param stored as {@link #write} wrote it; read from its position to its limit
     * @throws IllegalArgumentException if it is not a whole number of partners
     */
    public static PartnerTable read(ByteBuffer stored, double mass, long time, Limits limits) {
        PartnerTable table = new PartnerTable(limits);
        table.mass = mass;
        table.time = time;
        table.hold(stored);
        return table;
    }

    private void hold(ByteBuffer stored) {
        if (stored.remaining() % ENTRY_BYTES != 0) {
            throw new IllegalArgumentException(
                    stored.remaining() + " bytes are not a whole number of partners of " + ENTRY_BYTES + " bytes");
        }
        ByteBuffer entries = stored.slice();
        boolean fits = entries.remaining() / ENTRY_BYTES <= limits.capacity();
        unchanged = fits ? entries : strongest(entries, limits.capacity());
        bytes = NO_BYTES;
        size = unchanged.remaining() / ENTRY_BYTES;
    }

    private static ByteBuffer strongest(ByteBuffer stored, int kept) {
        long[] byCount = new long[stored.remaining() / ENTRY_BYTES];
        for (int i = 0; i < byCount.length; i++) {
            byCount[i] = (stored.getLong(i * ENTRY_BYTES) & Float24.MASK) << Integer.SIZE | i;
        }
        Arrays.sort(byCount);
        ByteBuffer strongest = ByteBuffer.allocate(kept * ENTRY_BYTES);
        for (int i = 0; i < kept; i++) {
            strongest.putLong(stored.getLong((int) byCount[byCount.length - 1 - i] * ENTRY_BYTES));
        }
        return strongest.flip();
    }

    /**
     * The partners, {@value #ENTRY_BYTES} bytes each; mass and time are stored separately. A view: not to be used after
     * the table has changed.
     */
    public ByteBuffer write() {
        return unchanged == null ? ByteBuffer.wrap(bytes, 0, size * ENTRY_BYTES) : unchanged.duplicate();
    }

    /** The id of an entity as a partner: the upper 40 bits of its hash. */
    public static long partnerOf(long entityHash) {
        return entityHash >>> Float24.BITS;
    }

    /**
     * Counts an interaction.
     *
     * @param weight its weight, in [0, 1]; 0 counts nothing
     * @param partners the shopper's earlier entities, each once
     * @param partnerWeights weights of those interactions; a pair counts the smaller of the two
     * @param eventTime epoch milliseconds; a late interaction counts with its decay
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
        change();
        int smallest = -1;
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < size; i++) {
            long entry = entry(i);
            int count = (int) entry & Float24.MASK;
            if (entry >>> Float24.BITS == partner) {
                set(i, partner, Float24.decode(count) + increment);
                return;
            }
            if (count < least) {
                least = count;
                smallest = i;
            }
        }
        if (size < limits.capacity()) {
            if (size * ENTRY_BYTES == bytes.length) {
                int longer = Math.min(limits.capacity(), size + Math.max(ROOM, size / 2));
                bytes = Arrays.copyOf(bytes, longer * ENTRY_BYTES);
            }
            set(size++, partner, increment);
        } else if (size > 0) {
            float sum = Float24.decode(least) + increment;
            if (StableHash.unit(StableHash.combine(partner, eventTime)) * sum < increment) {
                set(smallest, partner, sum);
            }
        }
    }

    private long entry(int i) {
        return unchanged == null ? (long) LONGS.get(bytes, i * ENTRY_BYTES) : unchanged.getLong(i * ENTRY_BYTES);
    }

    private void change() {
        if (unchanged != null) {
            bytes = new byte[size == 0 ? 0 : Math.min(limits.capacity(), size + ROOM) * ENTRY_BYTES];
            unchanged.get(0, bytes, 0, size * ENTRY_BYTES);
            unchanged = null;
        }
    }

    private void set(int i, long partner, float count) {
        LONGS.set(bytes, i * ENTRY_BYTES, partner << Float24.BITS | Float24.encode(count));
    }

    /**
     * What a weight of 1 at a time adds to counts as of {@link #time}; rescales everything to that time where it is far
     * later.
     */
    private double scaleAt(long eventTime) {
        if (mass == 0) {
            time = eventTime;
            return 1;
        }
        double elapsed = (double) eventTime - time;
        if (elapsed > (double) MOST_HALF_LIVES * limits.halfLifeMillis()) {
            decayTo(eventTime);
            return 1;
        }
        return elapsed < 0
                ? Decay.factor(-elapsed, limits.halfLifeMillis())
                : 1 / Decay.factor(elapsed, limits.halfLifeMillis());
    }

    /** A copy whose counts and mass are as of a time, or of its own if that is later: an interaction then counts 1. */
    public PartnerTable at(long now) {
        PartnerTable copy = read(write(), mass, time, limits);
        copy.decayTo(now);
        return copy;
    }

    private void decayTo(long now) {
        float factor = (float) decayAt(now);
        mass *= factor;
        change();
        for (int i = 0; i < size; i++) {
            set(i, partner(i), storedCount(i) * factor);
        }
        time = Math.max(time, now);
    }

    /** Reads stored counts whose partners are levels of customers' attributes; the mass is the number of customers. */
    public static LevelCounts levels(ByteBuffer stored, double mass) {
        int size = stored.remaining() / ENTRY_BYTES;
        long[] levels = new long[size];
        float[] counts = new float[size];
        for (int i = 0; i < size; i++) {
            long entry = stored.getLong(stored.position() + i * ENTRY_BYTES);
            levels[i] = entry >>> Float24.BITS;
            counts[i] = Float24.decode((int) entry);
        }
        return new LevelCounts(mass, levels, counts);
    }

    /** Number of partners. */
    public int size() {
        return size;
    }

    /** Id of partner {@code i}: {@link #partnerOf}. */
    public long partner(int i) {
        return entry(i) >>> Float24.BITS;
    }

    /** Its count as of {@link #time}. */
    public float storedCount(int i) {
        return Float24.decode((int) entry(i));
    }

    /** Decay factor from {@link #time} to a time. */
    public double decayAt(long now) {
        return Decay.factor((double) now - time, limits.halfLifeMillis());
    }

    /** Decayed weight of all interactions as of {@link #time}. */
    public double mass() {
        return mass;
    }

    /** Reference time of mass and counts, epoch milliseconds; meaningless while the mass is 0. */
    public long time() {
        return time;
    }

    /**
     * Encodes counts in 24 bits: IEEE 754 single precision without the sign and the last 7 bits. Rounded to nearest,
     * with a relative error of at most 2^-17; increments to a count above 2^17 times as large are lost.
     */
    static final class Float24 {
        static final int BITS = 24;
        static final int MASK = (1 << BITS) - 1;

        private static final int DROPPED = 7;
        private static final float LARGEST = Float.intBitsToFloat(0x7f7fff80);

        private Float24() {}

        /**
         * The nearest 24 bits.
         *
         * @param value at least 0; clipped to the largest
         */
        static int encode(float value) {
            return (Float.floatToRawIntBits(Math.min(value, LARGEST)) + (1 << (DROPPED - 1))) >>> DROPPED;
        }

        static float decode(int bits) {
            return Float.intBitsToFloat((bits & MASK) << DROPPED);
        }
    }
}
