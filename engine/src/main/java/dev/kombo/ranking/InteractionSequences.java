package dev.kombo.ranking;

import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.catalog.index.BundleFactors;
import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.catalog.index.FactorSpace;
import dev.kombo.learning.network.SequenceRows;
import dev.kombo.math.FactorMath;
import dev.kombo.profile.RecentInteractions;
import dev.kombo.settings.Millis;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Builds the sequence of a shopper's latest interactions against each candidate, for sequential rankers. Features per
 * interaction: cosine between the factors of its entity and of the bundle; share of the entity that is in the bundle, 0
 * to 1; preference of the event's type, 0 to 1; ln(1 + age in days) / 2, 0 to 3. Entities that the catalogue no longer
 * has are left out. Not thread-safe, since buffers are reused.
 */
public final class InteractionSequences {
    /** Number of latest interactions used. */
    public static final int STEPS = 16;

    /** Number of features per interaction. */
    public static final int FEATURES = 4;

    private static final int COSINE = 0;
    private static final int SHARED = 1;
    private static final int PREFERENCE = 2;
    private static final int AGE = 3;
    private static final double DAY = Millis.DAY;

    /** Bound of the feature {@link #AGE}. */
    private static final double LARGEST_AGE = 3;

    private final CatalogIndex index;
    private final float[][] rows;
    private int length;

    /**
     * @param candidates most candidates of a request
     */
    public InteractionSequences(CatalogIndex index, int candidates) {
        this.index = index;
        rows = new float[STEPS * FEATURES][candidates];
    }

    /**
     * The sequences of the candidates, valid until the next call.
     *
     * @param entries the candidates; the first {@code count}
     * @param now epoch milliseconds
     */
    public SequenceRows load(BundleEntry[] entries, int count, RecentInteractions recent, long now) {
        FactorSpace space = index.factors().space();
        length = 0;
        for (int i = Math.max(0, recent.size() - STEPS); i < recent.size(); i++) {
            long entity = recent.entity(i);
            int item = index.itemOrdinal(entity);
            int bundle = item == CatalogIndex.UNKNOWN ? index.bundleOrdinal(entity) : CatalogIndex.UNKNOWN;
            if (item == CatalogIndex.UNKNOWN && bundle == CatalogIndex.UNKNOWN) {
                continue;
            }
            int first = length * FEATURES;
            fillCosines(
                    rows[first + COSINE],
                    entries,
                    count,
                    space,
                    space.vector(index.factors().slot(entity)));
            fillShared(rows[first + SHARED], entries, count, item, bundle);
            Arrays.fill(rows[first + PREFERENCE], 0, count, recent.type(i).preference());
            double days = Math.max(0, (double) now - recent.time(i)) / DAY;
            Arrays.fill(rows[first + AGE], 0, count, (float) Math.min(LARGEST_AGE, Math.log1p(days) / 2));
            length++;
        }
        return new SequenceRows(rows, length);
    }

    /** The sequence of one candidate of the latest call, in a new array: the features of each step, oldest first. */
    public float[] of(int candidate) {
        float[] sequence = new float[length * FEATURES];
        for (int i = 0; i < sequence.length; i++) {
            sequence[i] = rows[i][candidate];
        }
        return sequence;
    }

    private static void fillCosines(
            float[] row, BundleEntry[] entries, int count, FactorSpace space, float @Nullable [] interacted) {
        float norm = interacted == null ? 0f : (float) FactorMath.norm(interacted);
        for (int c = 0; c < count; c++) {
            BundleFactors known = space.bundle(entries[c].ordinal());
            float norms = norm * known.norm();
            row[c] = interacted != null && known.vector() != null && norms > 0
                    ? FactorMath.dot(interacted, known.vector()) / norms
                    : 0f;
        }
    }

    private void fillShared(float[] row, BundleEntry[] entries, int count, int item, int bundle) {
        BundleEntry interacted = bundle == CatalogIndex.UNKNOWN ? null : index.bundle(bundle);
        for (int c = 0; c < count; c++) {
            if (item != CatalogIndex.UNKNOWN) {
                row[c] = entries[c].has(item) ? 1f : 0f;
            } else {
                row[c] = interacted == null || interacted.size() == 0 ? 0f : shared(interacted, entries[c]);
            }
        }
    }

    private static float shared(BundleEntry interacted, BundleEntry entry) {
        int common = 0;
        for (int m = 0; m < interacted.size(); m++) {
            common += entry.has(interacted.member(m)) ? 1 : 0;
        }
        return (float) common / interacted.size();
    }
}
