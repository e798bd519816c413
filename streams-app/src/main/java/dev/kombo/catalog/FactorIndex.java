package dev.kombo.catalog;

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

    /** What was published of a target: its vectors of this generation and of a later one, and the key of its mass. */
    private record Row(float[] vector, float[] next, double massKey) {
        static final Row NONE = new Row(null, null, Double.NEGATIVE_INFINITY);
    }

    private final long massHalfLifeMillis;
    private final HashOrdinals slots = new HashOrdinals();
    private final Snapshots<Row> rows = new Snapshots<>();
    private final Snapshots<BundleEntry> bundles;
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
        int slot = slots.get(prefix(targetHash));
        if (slot == UNKNOWN) {
            slot = rows.size();
            rows.append(Row.NONE);
            slots.add(prefix(targetHash), slot);
        }
        Row before = rows.get(slot);
        boolean first = latest == Long.MIN_VALUE;
        latest = Math.max(latest, model.massTime());
        double massKey = LogPopularity.key(model.mass(), model.massTime(), massHalfLifeMillis);
        float[] vector = finite(model.vector()) ? model.vector() : null;
        boolean later = vector != null && model.generation() > space.generation();
        rows.set(
                slot,
                new Row(
                        vector != null && (!later || before.vector() == null) ? vector : before.vector(),
                        later ? vector : before.next(),
                        massKey));
        if (first) {
            space = space.at(LogPopularity.decay(latest, massHalfLifeMillis));
        }
        space.set(slot, rows.get(slot).vector(), massKey);
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
            Row row = rows.get(slot);
            if (row.next() != null) {
                row = new Row(row.next(), null, row.massKey());
                rows.set(slot, row);
            }
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

    /** Mass of a target at a time, epoch milliseconds. */
    public double mass(int slot, long time) {
        return Math.exp(rows.get(slot).massKey() - LogPopularity.decay(time, massHalfLifeMillis));
    }

    /** Mass of a target at the time of the latest of all. */
    double latestMass(int slot) {
        return mass(slot, latest);
    }

    /** Places given so far: all lie in [0, this). */
    public int size() {
        return rows.size();
    }

    /** The vectors of the generation in force. */
    public FactorSpace space() {
        return space;
    }
}
