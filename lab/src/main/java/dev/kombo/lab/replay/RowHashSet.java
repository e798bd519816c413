package dev.kombo.lab.replay;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The rows seen so far, as 127 bits each.
 *
 * <p>Open addressing over the first half of the row's SHA-256: 16 bytes a slot, at most half full, so 32 to 64 bytes a row
 * whatever its length. Two of 10<sup>9</sup> different rows share a hash with a probability of about 10<sup>-21</sup>.
 */
final class RowHashSet {
    private final MessageDigest digest;
    private long[] slots = new long[2 << 12];
    private int size;

    RowHashSet() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Adds a row; false when an equal one was there. */
    boolean add(String row) {
        ByteBuffer hash = ByteBuffer.wrap(digest.digest(row.getBytes(StandardCharsets.UTF_8)));
        long high = hash.getLong();
        long low = hash.getLong() | 1; // never zero: both halves zero marks a free slot
        if (!insert(slots, high, low)) {
            return false;
        }
        size++;
        if (size > slots.length / 4) {
            grow();
        }
        return true;
    }

    int size() {
        return size;
    }

    private void grow() {
        long[] larger = new long[Math.multiplyExact(slots.length, 2)];
        for (int i = 0; i < slots.length; i += 2) {
            if (slots[i + 1] != 0) {
                insert(larger, slots[i], slots[i + 1]);
            }
        }
        slots = larger;
    }

    private static boolean insert(long[] table, long high, long low) {
        int mask = table.length - 1;
        int at = (int) (high << 1) & mask;
        while (table[at + 1] != 0) {
            if (table[at] == high && table[at + 1] == low) {
                return false;
            }
            at = (at + 2) & mask;
        }
        table[at] = high;
        table[at + 1] = low;
        return true;
    }
}
