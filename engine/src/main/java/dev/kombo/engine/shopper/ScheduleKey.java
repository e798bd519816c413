package dev.kombo.engine.shopper;

import java.util.Arrays;

/**
 * A key of the table that schedules the maintenance of shoppers: bytes whose unsigned order is the order of the
 * scheduled times.
 */
public final class ScheduleKey implements Comparable<ScheduleKey> {
    private final byte[] bytes;

    /** @param bytes not copied */
    public ScheduleKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The bytes; not a copy. */
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public int compareTo(ScheduleKey other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ScheduleKey key && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
