package dev.kombo.profile;

import dev.kombo.codec.Fields;
import dev.kombo.math.StableHash;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * An order whose lines are still arriving. It is closed by a line of another order, or after a quiet time; its
 * co-purchases are counted then, once. Of an order with more than {@value #MAX_ITEMS} items, those with the smallest
 * hashes are kept: a sample that does not depend on the order of the lines.
 */
public final class OpenOrder {
    /** Most items kept. */
    public static final int MAX_ITEMS = 50;

    static final OpenOrder BLANK = new OpenOrder("", 0);

    private final String orderId;
    private final List<String> items;
    private long lastLineAt;
    private int lineCount;

    /**
     * Creates an order.
     *
     * @param orderId the order
     * @param time time of its first line, epoch milliseconds
     */
    public OpenOrder(String orderId, long time) {
        this(orderId, time, 0, new ArrayList<>());
    }

    private OpenOrder(String orderId, long lastLineAt, int lineCount, List<String> items) {
        this.orderId = orderId;
        this.lastLineAt = lastLineAt;
        this.lineCount = lineCount;
        this.items = items;
    }

    OpenOrder fields(Fields f) {
        return new OpenOrder(f.text(orderId), f.number(lastLineAt), f.number(lineCount), f.texts(items));
    }

    /** Adds a line; repeated items are kept once. */
    public void add(String itemId, long time) {
        lineCount++;
        lastLineAt = Math.max(lastLineAt, time);
        if (items.contains(itemId)) {
            return;
        }
        if (items.size() < MAX_ITEMS) {
            items.add(itemId);
            return;
        }
        int largest = 0;
        long largestHash = Long.MIN_VALUE;
        for (int i = 0; i < items.size(); i++) {
            long hash = hash(items.get(i));
            if (hash > largestHash) {
                largest = i;
                largestHash = hash;
            }
        }
        if (hash(itemId) < largestHash) {
            items.set(largest, itemId);
        }
    }

    /** Adds lines of the same order that arrived elsewhere. */
    public void absorb(OpenOrder other) {
        int lines = lineCount + other.lineCount;
        for (String itemId : other.items) {
            add(itemId, other.lastLineAt);
        }
        lineCount = lines;
        lastLineAt = Math.max(lastLineAt, other.lastLineAt);
    }

    private long hash(String itemId) {
        return StableHash.combine(StableHash.of(itemId), StableHash.of(orderId));
    }

    /** The order's id. */
    public String orderId() {
        return orderId;
    }

    /** Time of the latest line, epoch milliseconds. */
    public long lastLineAt() {
        return lastLineAt;
    }

    /** Number of lines, including those not kept. */
    public int lineCount() {
        return lineCount;
    }

    /** Distinct items, in the order of their first lines. */
    public List<String> items() {
        return Collections.unmodifiableList(items);
    }
}
