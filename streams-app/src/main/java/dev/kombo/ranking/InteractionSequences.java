package dev.kombo.ranking;

import dev.kombo.catalog.BundleEntry;
import dev.kombo.catalog.CatalogIndex;
import dev.kombo.catalog.CooccurrenceLinks;
import dev.kombo.catalog.TargetModel;
import dev.kombo.learning.Factors;
import dev.kombo.learning.SequenceRows;
import dev.kombo.profile.RecentInteractions;
import java.util.Arrays;

/**
 * A shopper's latest interactions against each candidate, for rankers that see sequences. Features of one interaction:
 * cosine of the factors of what was touched and of the bundle; share of what was touched that is in the bundle, 0 to 1;
 * shrunk cosine of their co-occurrence, 0 or more; preference of the event's type, 0 to 1; ln(1 + age in days) / 2, 0 to
 * 3. What the catalogue does not know any more is left out. Buffers are used again; touched by one thread.
 */
final class InteractionSequences {
    /** Latest interactions looked at. */
    static final int STEPS = 16;

    /** Features of one of them. */
    static final int FEATURES = 5;

    private static final int COSINE = 0;
    private static final int SHARED = 1;
    private static final int COOCCURRENCE = 2;
    private static final int PREFERENCE = 3;
    private static final int AGE = 4;
    private static final double DAY = 86_400_000.0;
    private static final int NONE = -1;

    private final CatalogIndex index;
    private final float[][] rows;
    private int[] slots = new int[64];
    private int length;

    /**
     * @param candidates most candidates of a request
     */
    InteractionSequences(CatalogIndex index, int candidates) {
        this.index = index;
        rows = new float[STEPS * FEATURES][candidates];
        Arrays.fill(slots, NONE);
    }

    /**
     * The sequences of candidates, valid until the next call.
     *
     * @param entries the candidates; the first {@code count}
     * @param now epoch milliseconds
     */
    SequenceRows load(BundleEntry[] entries, int count, RecentInteractions recent, long now) {
        for (int c = 0; c < count; c++) {
            assign(entries[c].ordinal(), c);
        }
        length = 0;
        for (int i = Math.max(0, recent.size() - STEPS); i < recent.size(); i++) {
            long target = recent.target(i);
            int item = index.itemOrdinal(target);
            int bundle = item == CatalogIndex.UNKNOWN ? index.bundleOrdinal(target) : CatalogIndex.UNKNOWN;
            if (item == CatalogIndex.UNKNOWN && bundle == CatalogIndex.UNKNOWN) {
                continue;
            }
            int first = length * FEATURES;
            fillCosines(rows[first + COSINE], entries, count, index.model(target));
            fillShared(rows[first + SHARED], entries, count, item, bundle);
            fillCooccurrences(
                    rows[first + COOCCURRENCE],
                    count,
                    item == CatalogIndex.UNKNOWN
                            ? index.cooccurrencesOfBundle(bundle)
                            : index.cooccurrencesOfItem(item));
            Arrays.fill(rows[first + PREFERENCE], 0, count, recent.type(i).preference());
            double days = Math.max(0, (double) now - recent.time(i)) / DAY;
            Arrays.fill(rows[first + AGE], 0, count, (float) Math.min(3, Math.log1p(days) / 2));
            length++;
        }
        for (int c = 0; c < count; c++) {
            slots[entries[c].ordinal()] = NONE;
        }
        return new SequenceRows(rows, length);
    }

    /** The sequence of one candidate of the latest call, as a new array: the features of each step, oldest first. */
    float[] of(int candidate) {
        float[] sequence = new float[length * FEATURES];
        for (int i = 0; i < sequence.length; i++) {
            sequence[i] = rows[i][candidate];
        }
        return sequence;
    }

    private void assign(int bundle, int slot) {
        if (bundle >= slots.length) {
            int before = slots.length;
            slots = Arrays.copyOf(slots, Math.max(bundle + 1, 2 * before));
            Arrays.fill(slots, before, slots.length, NONE);
        }
        slots[bundle] = slot;
    }

    private static void fillCosines(float[] row, BundleEntry[] entries, int count, TargetModel touched) {
        float[] factors = touched == null ? new float[0] : touched.vector();
        float norm = (float) Factors.norm(factors);
        for (int c = 0; c < count; c++) {
            float norms = norm * entries[c].norm();
            row[c] = norms > 0 && Float.isFinite(norms) && entries[c].vector().length == factors.length
                    ? Factors.dot(factors, entries[c].vector()) / norms
                    : 0f;
        }
    }

    private void fillShared(float[] row, BundleEntry[] entries, int count, int item, int bundle) {
        BundleEntry touched = bundle == CatalogIndex.UNKNOWN ? null : index.bundle(bundle);
        for (int c = 0; c < count; c++) {
            if (item != CatalogIndex.UNKNOWN) {
                row[c] = holds(entries[c], item) ? 1f : 0f;
            } else {
                row[c] = touched == null || touched.size() == 0 ? 0f : shared(touched, entries[c]);
            }
        }
    }

    private static float shared(BundleEntry touched, BundleEntry entry) {
        int common = 0;
        for (int m = 0; m < touched.size(); m++) {
            common += holds(entry, touched.member(m)) ? 1 : 0;
        }
        return (float) common / touched.size();
    }

    private static boolean holds(BundleEntry entry, int item) {
        for (int m = 0; m < entry.size(); m++) {
            if (entry.member(m) == item) {
                return true;
            }
        }
        return false;
    }

    /** Walks the links once instead of searching them for each candidate. */
    private void fillCooccurrences(float[] row, int count, CooccurrenceLinks links) {
        Arrays.fill(row, 0, count, 0f);
        int size = links.size();
        for (int l = 0; l < size; l++) {
            int ordinal = links.ordinal(l);
            if (!links.isItem(l) && ordinal < slots.length && slots[ordinal] != NONE) {
                row[slots[ordinal]] = links.score(l);
            }
        }
    }
}
