package dev.kombo.catalog.index;

import dev.kombo.entity.EntityModel;
import dev.kombo.math.FactorMath;
import org.jspecify.annotations.Nullable;

/**
 * Holds the factor vectors of all entities: raw, as published, and whitened, as used in ranking. Entities are
 * identified by the first {@value #PREFIX_BITS} bits of their hash, as in partner tables. Two entities that share these
 * bits (among a hundred thousand entities, one such pair in two of three hundred shops) both get the vector that
 * arrived last.
 *
 * <p>A vector of the generation in force is whitened in place; one of a later generation is kept beside it until {@link
 * #begin} activates that generation. Where only a later one is known, as after a restart, it is used at once.
 *
 * <p>One thread writes, any thread reads without a lock.
 */
public final class FactorIndex {
    /** Returned for an entity without a vector. */
    public static final int UNKNOWN = HashOrdinals.ABSENT;

    private static final int PREFIX_BITS = 40;

    /**
     * The published vectors of an entity: the current one, the one reported by the last sweep, which event steps do not
     * change, the one of a later generation, and the key of its mass.
     */
    private record Row(
            float @Nullable [] vector,
            int generation,
            float @Nullable [] swept,
            float @Nullable [] next,
            int nextGeneration,
            double massKey) {
        static final Row NONE = new Row(null, 0, null, null, 0, Double.NEGATIVE_INFINITY);

        Row weighing(double key) {
            return new Row(vector, generation, swept, next, nextGeneration, key);
        }

        /** Returns the row with a vector from an event step, unless the current one is newer. */
        Row stepped(float[] other, int otherGeneration, int inForce) {
            if (otherGeneration > inForce) {
                return later(other, otherGeneration);
            }
            return otherGeneration < generation
                    ? this
                    : new Row(other, otherGeneration, swept, next, nextGeneration, massKey);
        }

        /** Returns the row with a vector from a sweep; one of the active generation may arrive after steps from it. */
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

        /** Where only a vector of a later generation is known, as after a restart, it is used at once. */
        private Row later(float[] other, int otherGeneration) {
            return new Row(vector == null ? other : vector, generation, swept, other, otherGeneration, massKey);
        }

        /**
         * Returns the row in the next generation; a vector of an older sweep, from a late partition, stays as it is.
         */
        Row begun() {
            return next == null ? this : new Row(next, nextGeneration, next, null, 0, massKey);
        }
    }

    private final int factors;
    private final HashOrdinals slots = new HashOrdinals();
    private final Snapshots<Row> rows = new Snapshots<>();
    private final Snapshots<BundleEntry> bundles;
    private final FactorColumnSums columns;
    private long latest = Long.MIN_VALUE;
    private volatile FactorSpace space = new FactorSpace(0, new float[0][], 0);

    /**
     * Creates an empty index.
     *
     * @param factors length of the vectors; longer ones, of an installation with more factors, are cut
     * @param bundles by ordinal
     */
    FactorIndex(int factors, Snapshots<BundleEntry> bundles) {
        this.factors = factors;
        this.bundles = bundles;
        columns = new FactorColumnSums(factors);
    }

    /** Stores the published model of an entity. A vector that is not finite is ignored. */
    void put(long entityHash, EntityModel model) {
        int slot = slotFor(prefix(entityHash));
        boolean first = latest == Long.MIN_VALUE;
        latest = Math.max(latest, model.massTime());
        Row row = rows.get(slot)
                .weighing(LogPopularity.key(model.mass(), model.massTime(), EntityModel.MASS_HALF_LIFE_MILLIS));
        float[] vector = FactorMath.cut(model.vector(), factors);
        set(slot, finite(vector) ? row.stepped(vector, model.generation(), space.generation()) : row);
        if (first) {
            space = space.at(LogPopularity.decay(latest, EntityModel.MASS_HALF_LIFE_MILLIS));
            set(slot, rows.get(slot));
        }
    }

    /** Stores a vector reported by a sweep; an empty one removes the entity's vector. */
    void put(long prefix, int generation, float[] vector) {
        if (vector.length == 0 || finite(vector)) {
            int slot = slotFor(prefix);
            set(slot, rows.get(slot).swept(FactorMath.cut(vector, factors), generation, space.generation()));
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

    /** Removes what was published of an entity. */
    void remove(long entityHash) {
        int slot = slots.get(prefix(entityHash));
        if (slot != UNKNOWN) {
            rows.set(slot, Row.NONE);
            space.set(slot, null, 0);
        }
    }

    /** Recomputes the factors of a bundle. */
    void assemble(BundleEntry entry) {
        int own = slot(entry.hash());
        int[] members = memberSlots(entry);
        space.propagate(entry.ordinal(), own, members);
        space.assemble(entry.ordinal(), own, members, entry.fill().plan() != null);
    }

    private int[] memberSlots(BundleEntry entry) {
        int[] members = new int[entry.size()];
        for (int m = 0; m < members.length; m++) {
            members[m] = slot(entry.memberHash(m));
        }
        return members;
    }

    /** See {@link WritableCatalogIndex#beginGeneration}. */
    void begin(int generation, float[][] whitening) {
        FactorSpace next =
                new FactorSpace(generation, whitening, LogPopularity.decay(latest, EntityModel.MASS_HALF_LIFE_MILLIS));
        for (int slot = 0; slot < rows.size(); slot++) {
            Row row = rows.get(slot).begun();
            rows.set(slot, row);
            next.set(slot, row.vector(), row.massKey());
        }
        int[][] members = new int[bundles.size()][];
        for (int ordinal = 0; ordinal < members.length; ordinal++) {
            members[ordinal] = memberSlots(bundles.get(ordinal));
            next.propagate(ordinal, slot(bundles.get(ordinal).hash()), members[ordinal]);
        }
        for (int ordinal = 0; ordinal < members.length; ordinal++) {
            BundleEntry entry = bundles.get(ordinal);
            next.assemble(
                    ordinal, slot(entry.hash()), members[ordinal], entry.fill().plan() != null);
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

    private static long prefix(long entityHash) {
        return entityHash >>> (Long.SIZE - PREFIX_BITS);
    }

    /** Slot of an entity by its hash, or {@link #UNKNOWN}; never reused. */
    public int slot(long entityHash) {
        return slots.get(prefix(entityHash));
    }

    /** Slot of an entity by the first {@value #PREFIX_BITS} bits of its hash, or {@link #UNKNOWN}. */
    public int slotOfPrefix(long prefix) {
        return slots.get(prefix);
    }

    /** Raw vector of an entity in the active generation; null: none. Must not be written. */
    public float @Nullable [] vector(int slot) {
        return rows.get(slot).vector();
    }

    /**
     * Adds the raw vector of an entity as of the last sweep, times a weight and n^-1/4, where n is the entity's mass at
     * the moment of the {@link #space}.
     *
     * @return false where none is known: nothing was added
     */
    public boolean addSwept(int slot, float weight, float[] sum) {
        float[] swept = slot == UNKNOWN ? null : rows.get(slot).swept();
        float shrinkage = swept == null ? 0f : space.shrinkage(slot);
        if (swept == null || shrinkage == 0 || swept.length != sum.length) {
            return false;
        }
        FactorMath.addScaled(sum, weight * (float) Math.sqrt(shrinkage), swept);
        return true;
    }

    /** Mass of an entity at the latest time of all masses. */
    double mass(int slot) {
        return Math.exp(rows.get(slot).massKey() - LogPopularity.decay(latest, EntityModel.MASS_HALF_LIFE_MILLIS));
    }

    /** The column sums of entities. */
    public FactorColumnSums columns() {
        return columns;
    }

    /** The vectors of the active generation. */
    public FactorSpace space() {
        return space;
    }
}
