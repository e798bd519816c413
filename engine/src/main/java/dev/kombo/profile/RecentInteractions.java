package dev.kombo.profile;

import java.nio.ByteBuffer;

/**
 * A shopper's latest interactions, oldest first, at most {@code capacity}; the oldest is replaced. Entities are stored
 * as {@link dev.kombo.catalog.StableHash hashes}, which the index resolves without making a string. Not thread-safe;
 * used only by the stream thread that owns the shopper's partition.
 */
public final class RecentInteractions {
    private static final int ENTRY_BYTES = Long.BYTES + Long.BYTES + 2;

    private final long[] entities;
    private final long[] times;
    private final byte[] types;
    private int size;

    /**
     * Creates an empty list.
     *
     * @param capacity most interactions kept
     */
    public RecentInteractions(int capacity) {
        entities = new long[capacity];
        times = new long[capacity];
        types = new byte[capacity];
    }

    /** Reads what {@link #write} wrote; where more is stored than fits, the latest are kept. */
    public static RecentInteractions read(ByteBuffer bytes, int capacity) {
        RecentInteractions recent = new RecentInteractions(capacity);
        int stored = bytes.remaining() / ENTRY_BYTES;
        bytes.position(bytes.position() + Math.max(0, stored - capacity) * ENTRY_BYTES);
        while (bytes.remaining() >= ENTRY_BYTES) {
            long entity = bytes.getLong();
            EventType type = EventType.of(bytes.get());
            bytes.get();
            recent.add(entity, type, bytes.getLong());
        }
        return recent;
    }

    /** Encodes all interactions: entity, type, an unused byte, and time of each. */
    public ByteBuffer write() {
        ByteBuffer bytes = ByteBuffer.allocate(size * ENTRY_BYTES);
        for (int i = 0; i < size; i++) {
            bytes.putLong(entities[i]).put(types[i]).put((byte) 0).putLong(times[i]);
        }
        return bytes.flip();
    }

    /**
     * Adds an interaction.
     *
     * @param entity hash of the entity
     * @param type what happened
     * @param time epoch milliseconds
     */
    public void add(long entity, EventType type, long time) {
        if (size == entities.length) {
            System.arraycopy(entities, 1, entities, 0, size - 1);
            System.arraycopy(times, 1, times, 0, size - 1);
            System.arraycopy(types, 1, types, 0, size - 1);
            size--;
        }
        entities[size] = entity;
        times[size] = time;
        types[size] = (byte) type.ordinal();
        size++;
    }

    /** Adds the interactions of another list, in the order of their times; the oldest are dropped. */
    void absorb(RecentInteractions other) {
        RecentInteractions mine = copy();
        size = 0;
        int own = 0;
        int theirs = 0;
        while (own < mine.size || theirs < other.size) {
            boolean next = theirs == other.size || (own < mine.size && mine.times[own] <= other.times[theirs]);
            RecentInteractions from = next ? mine : other;
            int index = next ? own++ : theirs++;
            add(from.entities[index], EventType.of(from.types[index]), from.times[index]);
        }
    }

    private RecentInteractions copy() {
        return read(write(), entities.length);
    }

    /** Number of interactions kept. */
    public int size() {
        return size;
    }

    /** Hash of the entity of interaction {@code index}, 0 being the oldest. */
    public long entity(int index) {
        return entities[index];
    }

    /** Time of interaction {@code index}, epoch milliseconds. */
    public long time(int index) {
        return times[index];
    }

    /** Type of interaction {@code index}. */
    public EventType type(int index) {
        return EventType.of(types[index]);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RecentInteractions that && write().equals(that.write());
    }

    @Override
    public int hashCode() {
        return write().hashCode();
    }
}
