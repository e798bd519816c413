package dev.kombo.catalog;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * The targets touched together with one target, each with its shrunk cosine c_ij / (sqrt(n_i n_j) + shrinkage). A pair
 * is counted at the later of the two: so one part of its count comes from this target's own model and the other from
 * the other's. Bounded: where all places are taken, the weakest gives way.
 *
 * <p>Links to bundles and to the items of bundles come first, because only these are ever summed up: in a catalogue of
 * which little is bundled, that saves most of the reading.
 *
 * <p>Written by one thread, read by any without a lock: a place is filled before the size that covers it is published;
 * a place that changes hands may for a moment show the new target with the old score, and a link that moves may for a
 * moment be seen twice or not at all. Scores are never NaN.
 */
public final class CooccurrenceLinks {
    /** Nothing linked. */
    public static final CooccurrenceLinks NONE = new CooccurrenceLinks(0, new IntSlots());

    /** Most targets linked to one. */
    static final int CAPACITY = 2000;

    private static final VarHandle INT = MethodHandles.arrayElementVarHandle(int[].class);

    /** Code, then the bits of the score, link by link: who adds them up reads one array from its start to its end. */
    private final int[] links;

    private final float[] own;
    private final float[] others;
    /** The place that each link would have if none moved: of equally weak ones, that of the first gives way. */
    private final short[] turns;

    private final IntSlots slots;
    private volatile int size;
    /** The first links, those that are summed up. */
    private volatile int summed;

    /** No link scores less: a full list need not be searched for what scores no more. Known to the writer only. */
    private float least;

    private CooccurrenceLinks(int capacity, IntSlots slots) {
        this.slots = slots;
        links = new int[2 * capacity];
        own = new float[capacity];
        others = new float[capacity];
        turns = new short[capacity];
    }

    /** A code for an item or a bundle by ordinal: one int for both. */
    static int code(boolean item, int ordinal) {
        return item ? ordinal : ~ordinal;
    }

    /** Targets linked. */
    public int size() {
        return size;
    }

    /** Whether all places are taken, so that a link may have given way. */
    boolean everFull() {
        return size >= CAPACITY;
    }

    /** Whether link {@code index} goes to an item; otherwise it goes to a bundle. */
    public boolean isItem(int index) {
        return code(index) >= 0;
    }

    /** Ordinal of the item or bundle of link {@code index}. */
    public int ordinal(int index) {
        int code = code(index);
        return code >= 0 ? code : ~code;
    }

    private int code(int index) {
        return (int) INT.getOpaque(links, 2 * index);
    }

    /** Shrunk cosine of link {@code index}, 0 or more. */
    public float score(int index) {
        return Float.intBitsToFloat((int) INT.getOpaque(links, 2 * index + 1));
    }

    private void score(int index, float score) {
        INT.setOpaque(links, 2 * index + 1, Float.floatToRawIntBits(score));
    }

    /**
     * Adds the scores of links to bundles and to items of bundles, times a weight, to sums by code: sum {@code origin +
     * code}, where there is one. Plain reads: each is of one word, and a loop over opaque ones stays slow.
     *
     * @param pageBits of places: {@code sums.length >> pageBits} must be below 64
     * @return one bit a page of {@code 1 << pageBits} sums, set for those written to
     */
    long addTo(float[] sums, int origin, float weight, int pageBits) {
        int end = 2 * summed;
        int[] pairs = links;
        long pages = 0;
        for (int l = 0; l < end; l += 2) {
            int place = origin + pairs[l];
            if (place >= 0 && place < sums.length) {
                sums[place] += weight * Float.intBitsToFloat(pairs[l + 1]);
                pages |= 1L << (place >> pageBits);
            }
        }
        return pages;
    }

    /** These links with one more place if all are taken and there may be more; the same where not. */
    CooccurrenceLinks grown() {
        int used = size;
        if (used < own.length || used >= CAPACITY) {
            return this;
        }
        CooccurrenceLinks grown =
                new CooccurrenceLinks(Math.min(CAPACITY, Math.max(8, 2 * used)), used == 0 ? new IntSlots() : slots);
        System.arraycopy(links, 0, grown.links, 0, 2 * used);
        System.arraycopy(own, 0, grown.own, 0, used);
        System.arraycopy(others, 0, grown.others, 0, used);
        System.arraycopy(turns, 0, grown.turns, 0, used);
        grown.size = used;
        grown.summed = summed;
        return grown;
    }

    /** Takes back all that the target's own model says; scores follow with {@link #rescale}. */
    void clearOwn() {
        Arrays.fill(own, 0, size, 0f);
    }

    /** Code of the target of link {@code index}. */
    int target(int index) {
        return code(index);
    }

    /** Works the score of link {@code index} out anew, from a denominator above 0 or 0 where it is not known. */
    void rescale(int index, float denominator) {
        float score = denominator > 0 ? (own[index] + others[index]) / denominator : 0f;
        least = Math.min(least, score);
        score(index, score);
    }

    /** The same for the link to a target, if there is one. */
    void rescaleTo(int code, float denominator) {
        int index = slots.get(code);
        if (index >= 0) {
            rescale(index, denominator);
        }
    }

    /** Puts a link, if there is one, among those that are summed up. */
    void sumUp(int code) {
        int index = slots.get(code);
        int first = summed;
        if (index < first) {
            return;
        }
        if (index > first) {
            int moved = code(first);
            float movedOwn = own[first];
            float movedOther = others[first];
            float movedScore = score(first);
            float score = score(index);
            short movedTurn = turns[first];
            put(first, code, own[index], others[index], score, turns[index]);
            put(index, moved, movedOwn, movedOther, movedScore, movedTurn);
        }
        summed = first + 1;
    }

    /** Writes a link that is known to the slots to another place. */
    private void put(int index, int code, float ownCount, float otherCount, float score, short turn) {
        slots.remove(code);
        slots.add(code, index);
        own[index] = ownCount;
        others[index] = otherCount;
        turns[index] = turn;
        INT.setOpaque(links, 2 * index, code);
        score(index, score);
    }

    /**
     * Sets one part of a link's count; {@link #grown} was called before.
     *
     * @param denominator what the count is divided by for the score; 0 where it is not known
     * @param sumUp whether a new link is summed up
     */
    void set(int code, float count, boolean ownPart, float denominator, boolean sumUp) {
        int index = slots.get(code);
        float score = denominator > 0 ? count / denominator : 0f;
        if (index < 0 && (count == 0 || (size == own.length && score <= least))) {
            return;
        }
        if (index < 0) {
            index = place(score);
            if (index < 0) {
                return;
            }
            short turn = index < size ? turns[index] : (short) index;
            if (index < size) {
                index = vacate(index);
            }
            turns[index] = turn;
            slots.add(code, index);
            own[index] = ownPart ? count : 0f;
            others[index] = ownPart ? 0f : count;
            INT.setOpaque(links, 2 * index, code);
            score(index, score);
            least = Math.min(least, score);
            size = Math.max(size, index + 1);
            if (sumUp) {
                sumUp(code);
            }
            return;
        }
        (ownPart ? own : others)[index] = count;
        rescale(index, denominator);
    }

    /** Takes a link out and answers a place behind those that are summed up, which is then free. */
    private int vacate(int index) {
        slots.remove(code(index));
        int last = summed - 1;
        if (index > last) {
            return index;
        }
        if (index < last) {
            put(index, code(last), own[last], others[last], score(last), turns[last]);
        }
        summed = last;
        return last;
    }

    /** A free place, or that of the weakest link if it is weaker than the score, or -1. */
    private int place(float score) {
        if (size < own.length) {
            return size;
        }
        int weakest = 0;
        for (int i = 1; i < size; i++) {
            boolean weaker = score(i) < score(weakest) || (score(i) == score(weakest) && turns[i] < turns[weakest]);
            weakest = weaker ? i : weakest;
        }
        least = score(weakest);
        return score > least ? weakest : -1;
    }
}
