package dev.kombo.profile;

import dev.kombo.catalog.StableHash;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * An order whose lines are still coming in. It is closed when a line of another order comes, or after a quiet time;
 * what was bought together is learned then, once. Of an order with more than {@value #MAX_ITEMS} items those with the
 * smallest hashes are kept: a sample that does not depend on the order of the lines.
 */
public final class OpenOrder {
    /** Most items kept. */
    public static final int MAX_ITEMS = 50;

    private final String orderId;
    private final List<String> items = new ArrayList<>();
    private long lastLineAt;
    private int lineCount;

    /**
     * @param orderId the order
     * @param time time of its first line, epoch milliseconds
     */
    public OpenOrder(String orderId, long time) {
        this(orderId, time, 0, List.of());
    }

    /** An order from its stored parts. */
    public OpenOrder(String orderId, long lastLineAt, int lineCount, List<String> items) {
        this.orderId = orderId;
        this.lastLineAt = lastLineAt;
        this.lineCount = lineCount;
        this.items.addAll(items);
    }

    /** Adds a line; an item already in the order is kept once. */
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

    /** Takes over lines of the same order that came in elsewhere. */
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

    /** Lines seen, those not kept included. */
    public int lineCount() {
        return lineCount;
    }

    /** Different items, in the order of their first lines. */
    public List<String> items() {
        return Collections.unmodifiableList(items);
    }
}
