package dev.kombo.catalog;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * The targets touched together with one target, each with its shrunk cosine c_ij / (sqrt(n_i n_j) + shrinkage). A pair
 * is counted at the later of the two: so one part of its score comes from this target's own model and the other from
 * the other's. Bounded: where all places are taken, the weakest gives way.
 *
 * <p>Written by one thread, read by any without a lock: a place is filled before the size that covers it is published;
 * a place that changes hands may for a moment show the new target with the old score. Scores are never NaN.
 */
public final class CooccurrenceLinks {
    /** Nothing linked. */
    public static final CooccurrenceLinks NONE = new CooccurrenceLinks(0, new IntSlots());

    /** Most targets linked to one. */
    static final int CAPACITY = 2000;

    private static final VarHandle FLOAT = MethodHandles.arrayElementVarHandle(float[].class);
    private static final VarHandle INT = MethodHandles.arrayElementVarHandle(int[].class);

    private final int[] codes;
    private final float[] own;
    private final float[] others;
    /** Sums of both, kept because many are read for each that is written. */
    private final float[] totals;

    private final IntSlots slots;
    private volatile int size;
    /** No link scores less: a full list need not be searched for what scores no more. Known to the writer only. */
    private float least;

    private CooccurrenceLinks(int capacity, IntSlots slots) {
        this.slots = slots;
        codes = new int[capacity];
        own = new float[capacity];
        others = new float[capacity];
        totals = new float[capacity];
    }

    /** A code for an item or a bundle by ordinal: one int for both. */
    static int code(boolean item, int ordinal) {
        return item ? ordinal : ~ordinal;
    }

    /** Targets linked. */
    public int size() {
        return size;
    }

    /** Whether link {@code index} goes to an item; otherwise it goes to a bundle. */
    public boolean isItem(int index) {
        return (int) INT.getOpaque(codes, index) >= 0;
    }

    /** Ordinal of the item or bundle of link {@code index}. */
    public int ordinal(int index) {
        int code = (int) INT.getOpaque(codes, index);
        return code >= 0 ? code : ~code;
    }

    /** Shrunk cosine of link {@code index}, 0 or more. */
    public float score(int index) {
        return (float) FLOAT.getOpaque(totals, index);
    }

    /**
     * Adds the scores, times a weight, to sums by code: sum {@code origin + code}, where there is one. Plain reads: each
     * is of one word, and a loop over opaque ones stays slow.
     *
     * @param dirty gets true for each page of {@code 1 << pageBits} sums that was written to
     */
    void addTo(float[] sums, int origin, float weight, boolean[] dirty, int pageBits) {
        int used = size;
        for (int l = 0; l < used; l++) {
            int place = origin + codes[l];
            if (place >= 0 && place < sums.length) {
                sums[place] += weight * totals[l];
                dirty[place >> pageBits] = true;
            }
        }
    }

    /** These links with one more place if all are taken and there may be more; the same where not. */
    CooccurrenceLinks grown() {
        int used = size;
        if (used < codes.length || used >= CAPACITY) {
            return this;
        }
        CooccurrenceLinks grown =
                new CooccurrenceLinks(Math.min(CAPACITY, Math.max(8, 2 * used)), used == 0 ? new IntSlots() : slots);
        System.arraycopy(codes, 0, grown.codes, 0, used);
        System.arraycopy(own, 0, grown.own, 0, used);
        System.arraycopy(others, 0, grown.others, 0, used);
        System.arraycopy(totals, 0, grown.totals, 0, used);
        grown.size = used;
        return grown;
    }

    /** Takes back all that the target's own model says. */
    void clearOwn() {
        Arrays.fill(own, 0, size, 0f);
        System.arraycopy(others, 0, totals, 0, size);
        least = 0f;
    }

    /** Sets one part of a link's score; {@link #grown} was called before. */
    void set(int code, float score, boolean ownPart) {
        int index = slots.get(code);
        if (index < 0 && (score == 0 || (size == codes.length && score <= least))) {
            return;
        }
        if (index < 0) {
            index = place(score);
            if (index < 0) {
                return;
            }
            if (index < size) {
                slots.remove(codes[index]);
            }
            slots.add(code, index);
            own[index] = 0f;
            others[index] = 0f;
            INT.setOpaque(codes, index, code);
        }
        float[] part = ownPart ? own : others;
        if (score < part[index]) {
            least = 0f;
        }
        part[index] = score;
        FLOAT.setOpaque(totals, index, own[index] + others[index]);
        if (index == size) {
            size = index + 1;
        }
    }

    /** A free place, or that of the weakest link if it is weaker than the score, or -1. */
    private int place(float score) {
        if (size < codes.length) {
            return size;
        }
        int weakest = 0;
        for (int i = 1; i < size; i++) {
            weakest = totals[i] < totals[weakest] ? i : weakest;
        }
        least = totals[weakest];
        return score > least ? weakest : -1;
    }
}
