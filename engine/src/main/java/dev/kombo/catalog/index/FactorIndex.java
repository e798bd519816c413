package dev.kombo.catalog.index;

import dev.kombo.catalog.TargetModel;

/**
 * The factor vectors of all targets, raw as they were published and whitened as they are ranked by. Targets go by the
 * first {@value #PREFIX_BITS} bits of their hash, as tables of partners name them: of two targets that share them, which
 * is one pair among a hundred thousand targets in two shops of three hundred, both have the vector that came last.
 *
 * <p>A vector of the generation in force is whitened in place; one of a later generation waits beside it until {@link
 * #begin} makes that generation the one in force. Where only a later one is known, as after a restart, it stands in.
 *
 * <p>One thread writes, any thread reads without a lock.
 */
public final class FactorIndex {
    /** Returned for a target of which no vector is known. */
    public static final int UNKNOWN = HashOrdinals.ABSENT;

    private static final int PREFIX_BITS = 40;

    /**
     * What was published of a target: its vector, the one that the last sweep told, which steps of events do not change,
     * the one of a later generation, and the key of its mass.
     */
    private record Row(
            float[] vector, int generation, float[] swept, float[] next, int nextGeneration, double massKey) {
        static final Row NONE = new Row(null, 0, null, null, 0, Double.NEGATIVE_INFINITY);

        Row weighing(double key) {
            return new Row(vector, generation, swept, next, nextGeneration, key);
        }

        /** With a vector that a step led to, if it is no older than the one in its place. */
        Row stepped(float[] other, int otherGeneration, int inForce) {
            if (otherGeneration > inForce) {
                return later(other, otherGeneration);
            }
            return otherGeneration < generation
                    ? this
                    : new Row(other, otherGeneration, swept, next, nextGeneration, massKey);
        }

        /** With a vector that a sweep told; of the generation in force it may come after steps from it. */
        Row swept(float[] other, int otherGeneration, int inForce) {
            if (otherGeneration > inForce) {
                return later(other, otherGeneration);
            }
            return otherGeneration < generation
                    ? this
                    : new Row(
                            otherGeneration == generation ? vector : other,
                            otherGeneration,
                            other,
                            next,
                            nextGeneration,
                            massKey);
        }

        /** Where only a vector of a later generation is known, as after a restart, it stands in. */
        private Row later(float[] other, int otherGeneration) {
            return new Row(vector == null ? other : vector, generation, swept, other, otherGeneration, massKey);
        }

        /** In the next generation; one of an older sweep, of a partition that was late, stays as it is. */
        Row begun() {
            return next == null ? this : new Row(next, nextGeneration, next, null, 0, massKey);
        }
    }

    private final long massHalfLifeMillis;
    private final HashOrdinals slots = new HashOrdinals();
    private final Snapshots<Row> rows = new Snapshots<>();
    private final Snapshots<BundleEntry> bundles;
    private final FactorColumns columns = new FactorColumns();
    private long latest = Long.MIN_VALUE;
    private volatile FactorSpace space = new FactorSpace(0, new float[0][], 0);

    /**
     * Nothing is known.
     *
     * @param massHalfLifeMillis half-life of the masses
     * @param bundles by ordinal
     */
    FactorIndex(long massHalfLifeMillis, Snapshots<BundleEntry> bundles) {
        this.massHalfLifeMillis = massHalfLifeMillis;
        this.bundles = bundles;
    }

    /** Takes in what was published of a target. A vector that is not finite is not taken. */
    void put(long targetHash, TargetModel model) {
        int slot = slotFor(prefix(targetHash));
        boolean first = latest == Long.MIN_VALUE;
        latest = Math.max(latest, model.massTime());
        Row row = rows.get(slot).weighing(LogPopularity.key(model.mass(), model.massTime(), massHalfLifeMillis));
        set(slot, finite(model.vector()) ? row.stepped(model.vector(), model.generation(), space.generation()) : row);
        if (first) {
            space = space.at(LogPopularity.decay(latest, massHalfLifeMillis));
            set(slot, rows.get(slot));
        }
    }

    /** Takes in a vector that a sweep told; one of no length takes the place of what the target had before. */
    void put(long prefix, int generation, float[] vector) {
        if (vector.length == 0 || finite(vector)) {
            int slot = slotFor(prefix);
            set(slot, rows.get(slot).swept(vector, generation, space.generation()));
        }
    }

    private int slotFor(long prefix) {
        int slot = slots.get(prefix);
        if (slot == UNKNOWN) {
            slot = rows.size();
            rows.append(Row.NONE);
            slots.add(prefix, slot);
        }
        return slot;
    }

    private void set(int slot, Row row) {
        rows.set(slot, row);
        space.set(slot, row.vector(), row.massKey());
    }

    /** Forgets what was published of a target. */
    void remove(long targetHash) {
        int slot = slots.get(prefix(targetHash));
        if (slot != UNKNOWN) {
            rows.set(slot, Row.NONE);
            space.set(slot, null, 0);
        }
    }

    /** Works out anew what is known of a bundle. */
    void assemble(BundleEntry entry) {
        assemble(entry, space);
    }

    private void assemble(BundleEntry entry, FactorSpace into) {
        float[][] members = new float[entry.size()][];
        for (int m = 0; m < members.length; m++) {
            members[m] = into.vector(slot(entry.memberHash(m)));
        }
        into.set(entry.ordinal(), BundleFactors.of(into.vector(slot(entry.hash())), members));
    }

    /** See {@link CatalogIndex#beginGeneration}. */
    void begin(int generation, float[][] whitening) {
        FactorSpace next = new FactorSpace(generation, whitening, LogPopularity.decay(latest, massHalfLifeMillis));
        for (int slot = 0; slot < rows.size(); slot++) {
            Row row = rows.get(slot).begun();
            rows.set(slot, row);
            next.set(slot, row.vector(), row.massKey());
        }
        for (int ordinal = 0; ordinal < bundles.size(); ordinal++) {
            assemble(bundles.get(ordinal), next);
        }
        space = next;
    }

    private static boolean finite(float[] vector) {
        float sum = 0;
        for (float component : vector) {
            sum += Math.abs(component);
        }
        return vector.length > 0 && Float.isFinite(sum);
    }

    private static long prefix(long targetHash) {
        return targetHash >>> (Long.SIZE - PREFIX_BITS);
    }

    /** Place of a target by its hash, or {@link #UNKNOWN}; kept for ever. */
    public int slot(long targetHash) {
        return slots.get(prefix(targetHash));
    }

    /** Place of a target by the first {@value #PREFIX_BITS} bits of its hash, or {@link #UNKNOWN}. */
    public int slotOfPrefix(long prefix) {
        return slots.get(prefix);
    }

    /** Raw vector of a target in the generation in force, or null; must not be written. */
    public float[] vector(int slot) {
        return rows.get(slot).vector();
    }

    /**
     * Adds the vector that the last sweep told of a target, raw, times a weight and n^-1/4, where n is the target's mass at
     * the moment of the {@link #space}.
     *
     * @return false where none is known: nothing was added
     */
    public boolean addSwept(int slot, float weight, float[] sum) {
        Row row = slot == UNKNOWN ? Row.NONE : rows.get(slot);
        if (row.swept() == null || row.swept().length != sum.length || row.massKey() == Double.NEGATIVE_INFINITY) {
            return false;
        }
        float scale = weight * (float) Math.exp((space.moment() - row.massKey()) / 4);
        float[] swept = row.swept();
        for (int k = 0; k < sum.length; k++) {
            sum[k] += scale * swept[k];
        }
        return true;
    }

    /** Mass of a target at a time, epoch milliseconds. */
    public double mass(int slot, long time) {
        return Math.exp(rows.get(slot).massKey() - LogPopularity.decay(time, massHalfLifeMillis));
    }

    /** Mass of a target at the time of the latest of all. */
    double latestMass(int slot) {
        return mass(slot, latest);
    }

    /** What rows of others say of each target. */
    public FactorColumns columns() {
        return columns;
    }

    /** The vectors of the generation in force. */
    public FactorSpace space() {
        return space;
    }
}
