package dev.kombo.ranking;

import dev.kombo.catalog.BundleEntry;

/** Signals that a bundle has through its members: means over them, and the least of them. One a request. */
final class MemberSignals {
    private final ShopperView view;
    private final ItemMarks items;
    private float neighbors;
    private float basketNeighbors;
    private float repeat;
    private float recency;
    private float due;
    private float count;
    private float cooccurrence;
    private float categories;
    private float leastNeighbors;
    private float leastRepeat;
    private float leastRecency;
    private float leastCooccurrence;
    private float leastConfidence;
    private int recent;
    private int triggers;
    private int missing;

    /** Of a shopper, loaded. */
    MemberSignals(ShopperView view) {
        this.view = view;
        this.items = view.items();
    }

    /** Sets the signals of a candidate. */
    void measure(Candidates candidates, int c, BundleEntry entry) {
        clear();
        for (int m = 0; m < entry.size(); m++) {
            categories += view.categoryShare(entry.memberCategory(m));
            int item = entry.member(m);
            float together = view.itemCooccurrence(item);
            cooccurrence += together;
            leastCooccurrence = Math.min(leastCooccurrence, together);
            if (items.isMarked(item)) {
                add(item);
            } else {
                addUnknown();
            }
        }
        setMeans(candidates, c, entry.size());
        setLeast(candidates, c);
    }

    private void clear() {
        neighbors = 0;
        basketNeighbors = 0;
        repeat = 0;
        recency = 0;
        due = 0;
        count = 0;
        cooccurrence = 0;
        categories = 0;
        leastNeighbors = Float.POSITIVE_INFINITY;
        leastRepeat = Float.POSITIVE_INFINITY;
        leastRecency = Float.POSITIVE_INFINITY;
        leastCooccurrence = Float.POSITIVE_INFINITY;
        leastConfidence = Float.POSITIVE_INFINITY;
        recent = 0;
        triggers = 0;
        missing = 0;
    }

    private void addUnknown() {
        leastNeighbors = 0;
        leastRepeat = 0;
        leastRecency = 0;
        leastConfidence = 0;
        missing++;
    }

    private void add(int item) {
        int flags = items.flags(item);
        neighbors += items.neighbor(item);
        repeat += items.repeat(item);
        recency += items.recency(item);
        due += items.due(item);
        count += items.logCount(item);
        leastNeighbors = Math.min(leastNeighbors, items.neighbor(item));
        leastRepeat = Math.min(leastRepeat, items.repeat(item));
        leastRecency = Math.min(leastRecency, items.recency(item));
        recent += flags & ItemMarks.RECENT;
        triggers += (flags & ItemMarks.TRIGGER) != 0 ? 1 : 0;
        if ((flags & ItemMarks.BASKET) == 0) {
            missing++;
            basketNeighbors += items.basketNeighbor(item);
            leastConfidence = Math.min(leastConfidence, items.basketConfidence(item));
        }
    }

    private void setMeans(Candidates candidates, int c, int members) {
        int size = Math.max(1, members);
        candidates.set(Signal.NEIGHBORS, c, neighbors / size);
        candidates.set(Signal.BASKET_NEIGHBORS, c, missing == 0 ? 0f : basketNeighbors / missing);
        candidates.set(Signal.MEMBER_OVERLAP, c, recent / (float) Math.sqrt(size));
        candidates.set(Signal.OWN_REPEAT, c, repeat / size);
        candidates.set(Signal.OWN_RECENCY, c, recency / size);
        candidates.set(Signal.OWN_COUNT, c, count / size);
        candidates.set(Signal.REPEAT_DUE, c, due / size);
        candidates.set(Signal.HISTORY_MEMBERS, c, cooccurrence / size);
        candidates.set(Signal.CATEGORY_AFFINITY, c, categories / size);
        candidates.set(Signal.TRIGGER, c, view.triggerSize() == 0 ? 0f : (float) triggers / view.triggerSize());
        candidates.set(Signal.BASKET_SHARE, c, (members - missing) / (float) size);
    }

    private void setLeast(Candidates candidates, int c) {
        candidates.set(Signal.NEIGHBORS_LEAST, c, finite(leastNeighbors));
        candidates.set(Signal.HISTORY_MEMBERS_LEAST, c, finite(leastCooccurrence));
        candidates.set(Signal.OWN_REPEAT_LEAST, c, finite(leastRepeat));
        candidates.set(Signal.OWN_RECENCY_LEAST, c, finite(leastRecency));
        candidates.set(Signal.BASKET_CONFIDENCE, c, finite(leastConfidence));
    }

    /** The least of nothing is 0. */
    private static float finite(float least) {
        return Float.isInfinite(least) ? 0f : least;
    }
}
